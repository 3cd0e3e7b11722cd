// Quiebre · JSONBridge
// The C face of simdjson. Owner of the C++ side: json_bridge.cpp.
// SPDX-License-Identifier: Apache-2.0
#pragma once
