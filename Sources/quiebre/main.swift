// Quiebre · quiebre
// Starts the tool.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import QuiebreKit

exit(Tool.run(CommandLine.arguments).rawValue)
