// Quiebre · JSONBridge
// The C face of simdjson. Owner of the C++ side: json_bridge.cpp.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quiebre_json quiebre_json;

/// Parses UTF-8 bytes without a byte order mark. NULL only when memory is out; faults are in the
/// document. `depth` is how many arrays and objects may lie inside one another.
quiebre_json *quiebre_json_parse(const uint8_t *bytes, size_t count, size_t depth);
void quiebre_json_free(quiebre_json *document);

/// simdjson's words for the fault, or NULL if the text was read whole.
const char *quiebre_json_error(const quiebre_json *document);

/// The parsed text as simdjson's tape (its doc/tape.md): 64-bit words whose top byte is the kind.
/// Word 0 is the root, word 1 the first value. Live as long as the document.
const uint64_t *quiebre_json_tape(const quiebre_json *document);
size_t quiebre_json_tape_count(const quiebre_json *document);

/// The texts that the tape points into: each a 32-bit length in the machine's byte order, then
/// UTF-8.
const uint8_t *quiebre_json_texts(const quiebre_json *document);

/// Where nodes stand in the text.
///
/// `bytes` is the text that was parsed; `nodes` are indices of tape words in rising order, each that of a value, a key or a bracket;
/// `offsets[i]` gets the byte of the first character of `nodes[i]`. One pass over the tape.
void quiebre_json_offsets(const quiebre_json *document, const uint8_t *bytes, const size_t *nodes,
                          size_t count, uint32_t *offsets);

/// How many line feeds there are in `bytes`.
size_t quiebre_json_count_lines(const uint8_t *bytes, size_t count);

/// The first bare word `NaN`, `Infinity` or `-Infinity` at or after `from`, which is outside texts;
/// `count` if there is none.
size_t quiebre_json_next_not_a_number(const uint8_t *bytes, size_t count, size_t from,
                                      size_t *length);

#ifdef __cplusplus
}
#endif
