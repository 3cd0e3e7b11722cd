// Quiebre · JSONBridge
// Owns simdjson's parser and lends its tape.
// SPDX-License-Identifier: Apache-2.0

#include "JSONBridge.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>

struct quiebre_json {
  simdjson::dom::parser parser;
  simdjson::error_code error = simdjson::SUCCESS;
};

namespace {

/// Numbers take two words: the kind, then the bits.
size_t words_of(char kind) { return kind == 'd' || kind == 'l' || kind == 'u' ? 2 : 1; }

char kind_of(uint64_t word) { return static_cast<char>(word >> 56); }

size_t find(const uint8_t *bytes, size_t from, size_t end, char wanted) {
  const void *found = std::memchr(bytes + from, wanted, end - from);
  return found == nullptr ? end : static_cast<const uint8_t *>(found) - bytes;
}

/// The index after the text that opens at `quote`.
size_t end_of_text(const uint8_t *bytes, size_t quote, size_t count) {
  for (size_t at = find(bytes, quote + 1, count, '"'); at < count;
       at = find(bytes, at + 1, count, '"')) {
    size_t slashes = 0;
    while (bytes[at - 1 - slashes] == '\\') slashes++;
    if (slashes % 2 == 0) return at + 1;
  }
  return count;
}

bool has_word(const uint8_t *bytes, size_t at, size_t end, const char *word) {
  const size_t length = std::strlen(word);
  return end - at >= length && std::memcmp(bytes + at, word, length) == 0;
}

}  // namespace

quiebre_json *quiebre_json_parse(const uint8_t *bytes, size_t count, size_t depth) {
  auto *document = new (std::nothrow) quiebre_json;
  if (document == nullptr) return nullptr;
  // simdjson counts the level that would be one too many.
  auto error = document->parser.allocate(std::max<size_t>(count, 1), depth + 1);
  if (!error) error = document->parser.parse(bytes, count).error();
  document->error = error;
  return document;
}

void quiebre_json_free(quiebre_json *document) { delete document; }

const char *quiebre_json_error(const quiebre_json *document) {
  return document->error ? simdjson::error_message(document->error) : nullptr;
}

const uint64_t *quiebre_json_tape(const quiebre_json *document) {
  return document->parser.doc.tape.get();
}

size_t quiebre_json_tape_count(const quiebre_json *document) {
  // The root word holds the index after the closing root word.
  return document->parser.doc.tape[0] & 0x00FFFFFFFFFFFFFF;
}

const uint8_t *quiebre_json_texts(const quiebre_json *document) {
  return document->parser.doc.string_buf.get();
}

void quiebre_json_offsets(const quiebre_json *document, const uint8_t *bytes, const size_t *nodes,
                          size_t count, uint32_t *offsets) {
  // Stage 1 of simdjson notes the byte of every bracket, comma, colon and first character of a
  // scalar. Without commas and colons these are the tape's nodes, one to one.
  const auto &stage = *document->parser.implementation;
  const uint64_t *tape = quiebre_json_tape(document);
  size_t word = 1;
  size_t found = 0;
  for (uint32_t i = 0; i < stage.n_structural_indexes && found < count; i++) {
    const uint32_t offset = stage.structural_indexes[i];
    if (bytes[offset] == ',' || bytes[offset] == ':') continue;
    if (nodes[found] == word) offsets[found++] = offset;
    word += words_of(kind_of(tape[word]));
  }
}

size_t quiebre_json_count_lines(const uint8_t *bytes, size_t count) {
  return static_cast<size_t>(std::count(bytes, bytes + count, '\n'));
}

size_t quiebre_json_next_not_a_number(const uint8_t *bytes, size_t count, size_t from,
                                      size_t *length) {
  while (from < count) {
    const size_t quote = find(bytes, from, count, '"');
    // Both words are rare, and stretches between texts long: coordinates.
    size_t at = from;
    while (at < quote) {
      at = std::min(find(bytes, at, quote, 'N'), find(bytes, at, quote, 'I'));
      if (has_word(bytes, at, quote, "NaN")) {
        *length = 3;
        return at;
      }
      if (has_word(bytes, at, quote, "Infinity")) {
        const size_t sign = at > from && bytes[at - 1] == '-' ? 1 : 0;
        *length = 8 + sign;
        return at - sign;
      }
      at++;
    }
    from = quote < count ? end_of_text(bytes, quote, count) : count;
  }
  return count;
}
