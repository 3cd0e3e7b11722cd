// Quiebre · quiebre
// Starts the tool.
// SPDX-License-Identifier: Apache-2.0

import QuiebreKit
