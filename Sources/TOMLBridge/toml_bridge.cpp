// Quiebre · TOMLBridge
// Parses with toml++ and hands out the tree as one flat array. No exception leaves this file.
// SPDX-License-Identifier: Apache-2.0

#include "TOMLBridge.h"

#include <deque>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// toml++ 3.3.0 asserts, and in release builds assumes, what a file can violate: a table header that
// begins with another letter than a bare key's ("[#"). Its assertions throw here, in every build.
#undef NDEBUG
#define TOML_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : throw std::logic_error("unexpected character"))
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_WINDOWS_COMPAT 0
#include <toml++/toml.h>

struct quiebre_toml {
  toml::table root;
  std::vector<quiebre_toml_node> nodes;
  // Owns the texts of dates; a deque never moves its elements.
  std::deque<std::string> texts;
  std::string error;
  uint32_t error_line = 0;
  uint32_t error_column = 0;
};

namespace {

void flatten(quiebre_toml &document, const toml::node &node, const toml::key *key);

void place(quiebre_toml_node &flat, const toml::node &node, const toml::key *key) {
  const toml::source_region &region = node.source();
  flat.line = region.begin.line;
  flat.column = region.begin.column;
  flat.end_line = region.end.line;
  flat.end_column = region.end.column;
  if (key == nullptr) return;
  flat.key = key->str().data();
  flat.key_length = key->str().size();
  flat.key_line = key->source().begin.line;
  flat.key_column = key->source().begin.column;
  flat.key_end_column = key->source().end.column;
}

template <typename Time>
void writeTime(quiebre_toml &document, quiebre_toml_node &flat, const Time &time) {
  std::ostringstream stream;
  stream << time;
  document.texts.push_back(stream.str());
  flat.kind = QUIEBRE_TOML_TIME;
  flat.text = document.texts.back().data();
  flat.text_length = document.texts.back().size();
}

void flattenLeaf(quiebre_toml &document, quiebre_toml_node &flat, const toml::node &node) {
  if (const auto *text = node.as_string()) {
    flat.kind = QUIEBRE_TOML_STRING;
    flat.text = text->get().data();
    flat.text_length = text->get().size();
  } else if (const auto *integer = node.as_integer()) {
    flat.kind = QUIEBRE_TOML_INTEGER;
    flat.integer = integer->get();
  } else if (const auto *real = node.as_floating_point()) {
    flat.kind = QUIEBRE_TOML_REAL;
    flat.real = real->get();
  } else if (const auto *boolean = node.as_boolean()) {
    flat.kind = QUIEBRE_TOML_BOOLEAN;
    flat.boolean = boolean->get() ? 1 : 0;
  } else if (const auto *date = node.as_date()) {
    writeTime(document, flat, date->get());
  } else if (const auto *time = node.as_time()) {
    writeTime(document, flat, time->get());
  } else if (const auto *moment = node.as_date_time()) {
    writeTime(document, flat, moment->get());
  }
}

void flatten(quiebre_toml &document, const toml::node &node, const toml::key *key) {
  quiebre_toml_node flat{};
  place(flat, node, key);
  const size_t index = document.nodes.size();
  if (const toml::table *table = node.as_table()) {
    flat.kind = QUIEBRE_TOML_TABLE;
    flat.is_inline = table->is_inline() ? 1 : 0;
    flat.children = table->size();
    document.nodes.push_back(flat);
    for (auto &&[name, child] : *table) flatten(document, child, &name);
  } else if (const toml::array *array = node.as_array()) {
    flat.kind = QUIEBRE_TOML_ARRAY;
    flat.children = array->size();
    document.nodes.push_back(flat);
    for (auto &&child : *array) flatten(document, child, nullptr);
  } else {
    document.nodes.push_back(flat);
    flattenLeaf(document, document.nodes[index], node);
  }
}

}  // namespace

extern "C" {

quiebre_toml *quiebre_toml_parse(const char *bytes, size_t count) {
  auto *document = new (std::nothrow) quiebre_toml;
  if (document == nullptr) return nullptr;
  try {
    document->root = toml::parse(std::string_view(bytes, count));
    flatten(*document, document->root, nullptr);
  } catch (const toml::parse_error &fault) {
    document->error = std::string(fault.description());
    if (document->error.empty()) document->error = "syntax";
    document->error_line = fault.source().begin.line;
    document->error_column = fault.source().begin.column;
  } catch (const std::bad_alloc &) {
    delete document;
    return nullptr;
  } catch (const std::exception &fault) {
    document->error = fault.what();
  } catch (...) {
    document->error = "unknown fault of the TOML reader";
  }
  return document;
}

void quiebre_toml_free(quiebre_toml *document) { delete document; }

const char *quiebre_toml_error(const quiebre_toml *document) {
  return document->error.empty() ? nullptr : document->error.c_str();
}

uint32_t quiebre_toml_error_line(const quiebre_toml *document) { return document->error_line; }

uint32_t quiebre_toml_error_column(const quiebre_toml *document) { return document->error_column; }

size_t quiebre_toml_count(const quiebre_toml *document) { return document->nodes.size(); }

const quiebre_toml_node *quiebre_toml_nodes(const quiebre_toml *document) {
  return document->nodes.data();
}

}  // extern "C"
