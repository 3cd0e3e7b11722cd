// Quiebre · TOMLBridge
// The C face of toml++. Owner of the C++ side: toml_bridge.cpp.
// SPDX-License-Identifier: Apache-2.0
#pragma once
