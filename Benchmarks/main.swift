// Quiebre · Benchmarks
// Starts the benchmarks.
// SPDX-License-Identifier: Apache-2.0

import QuiebreKit
