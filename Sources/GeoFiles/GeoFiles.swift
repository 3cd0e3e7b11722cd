// Quiebre · GeoFiles
// Placeholder of the skeleton.
// SPDX-License-Identifier: Apache-2.0
