// Quiebre · TOMLBridge
// The C face of toml++. Owner of the C++ side: toml_bridge.cpp.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node holds.
enum {
  QUIEBRE_TOML_TABLE = 0,
  QUIEBRE_TOML_ARRAY = 1,
  QUIEBRE_TOML_STRING = 2,
  QUIEBRE_TOML_INTEGER = 3,
  QUIEBRE_TOML_REAL = 4,
  QUIEBRE_TOML_BOOLEAN = 5,
  QUIEBRE_TOML_TIME = 6
};

/// One node of the parsed file, in pre-order: a table or an array is followed by its children.
///
/// Lines and columns count from 1 and in characters; an end lies behind the last character.
/// Pointers live as long as the document.
typedef struct {
  int32_t kind;
  /// Tables: written as `{ … }`.
  int32_t is_inline;
  size_t children;
  /// NULL for the root and for elements of arrays.
  const char *key;
  size_t key_length;
  uint32_t key_line, key_column, key_end_column;
  uint32_t line, column, end_line, end_column;
  /// Strings, and dates and times in ISO form.
  const char *text;
  size_t text_length;
  int64_t integer;
  double real;
  int32_t boolean;
} quiebre_toml_node;

typedef struct quiebre_toml quiebre_toml;

/// Parses UTF-8 bytes. NULL only when memory is out; faults are in the document.
quiebre_toml *quiebre_toml_parse(const char *bytes, size_t count);
void quiebre_toml_free(quiebre_toml *document);

/// The first fault, or NULL if the file was read to its end.
const char *quiebre_toml_error(const quiebre_toml *document);
uint32_t quiebre_toml_error_line(const quiebre_toml *document);
uint32_t quiebre_toml_error_column(const quiebre_toml *document);

size_t quiebre_toml_count(const quiebre_toml *document);
const quiebre_toml_node *quiebre_toml_nodes(const quiebre_toml *document);

#ifdef __cplusplus
}
#endif
