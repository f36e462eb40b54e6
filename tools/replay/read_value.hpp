// The way back from describe(): JSON text of records, variants, ids and enums into the values themselves, by the same
// reflection. Secrets come back as their redactions. Native only: the product never reads a journal.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/describe.hpp"

namespace odnix::replay {

using Json = nlohmann::json;

/// Each answers where the value stopped making sense ("phase.OutRinging.call.id"), or nothing if all was read.
using Trouble = std::optional<std::string>;

inline Trouble trouble(std::string where = {}) { return where; }
inline Trouble below(std::string_view name, const Trouble& inner) {
  if (!inner) return inner;
  return std::string(name) + (inner->empty() ? "" : "." + *inner);
}

/// write_text() escapes byte by byte: each code point of the JSON string is one byte.
inline std::optional<std::string> bytes_of(const Json& json) {
  if (!json.is_string()) return std::nullopt;
  std::string out;
  const auto& text = json.get_ref<const std::string&>();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += text[i];
    } else if ((byte == 0xc2 || byte == 0xc3) && i + 1 < text.size()) {
      out += static_cast<char>((byte & 0x03) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3f));
    } else {
      return std::nullopt;
    }
  }
  return out;
}

inline Trouble read(const Json& json, bool& out) {
  if (!json.is_boolean()) return trouble();
  out = json.get<bool>();
  return {};
}
template <std::integral T>
requires(!std::same_as<T, bool>) Trouble read(const Json& json, T& out) {
  if (!json.is_number_integer()) return trouble();
  out = static_cast<T>(json.get<std::int64_t>());  // write_integer() wrote an int64
  return {};
}
inline Trouble read(const Json& json, std::string& out) {
  auto text = bytes_of(json);
  if (!text) return trouble();
  out = std::move(*text);
  return {};
}
inline Trouble read(const Json& json, core::Secret& out) { return read(json, out.text); }
inline Trouble read(const Json& json, core::CallId& out) {
  const auto id = json.is_string() ? core::call_id_from_hex(json.get_ref<const std::string&>()) : std::nullopt;
  if (!id) return trouble();
  out = *id;
  return {};
}
inline Trouble read(const Json& json, core::EndpointId& out) {
  const auto id = json.is_string() ? core::from_hex(json.get_ref<const std::string&>()) : std::nullopt;
  if (!id) return trouble();
  out.value = *id;
  return {};
}
template <class Tag, class Rep>
Trouble read(const Json& json, core::Id<Tag, Rep>& out) {
  return read(json, out.value);
}
inline Trouble read(const Json& json, core::Duration& out) {
  std::int64_t count = 0;
  Trouble result = read(json, count);
  out = core::Duration{count};
  return result;
}
inline Trouble read(const Json& json, core::TimePoint& out) {
  core::Duration since{};
  Trouble result = read(json, since);
  out = core::TimePoint{since};
  return result;
}
template <class Enum>
requires std::is_enum_v<Enum> Trouble read(const Json& json, Enum& out) {
  if (!json.is_string()) return trouble();
  const auto& name = json.get_ref<const std::string&>();
  for (int i = 0;; ++i) {
    const std::string_view known = core::to_string(static_cast<Enum>(i));
    if (known.empty()) return trouble();
    if (known != name) continue;
    out = static_cast<Enum>(i);
    return {};
  }
}
template <class T>
Trouble read(const Json& json, std::optional<T>& out);
template <class T>
Trouble read(const Json& json, std::vector<T>& out);
template <class... T>
Trouble read(const Json& json, std::variant<T...>& out);

/// The fields by name, each exactly once and no others.
template <core::Record R>
Trouble read(const Json& json, R& out) {
  if (!json.is_object()) return trouble();
  Trouble result;
  std::size_t index = 0;
  const auto read_field = [&](auto& field) {
    const std::string name(core::nth_name(R::field_names, index++));
    if (result) return;
    const auto found = json.find(name);
    result = found == json.end() ? trouble(name) : below(name, read(*found, field));
  };
  std::apply([&](auto&... field) { (read_field(field), ...); }, out.fields());
  if (!result && json.size() != index) return trouble("(unknown field)");
  return result;
}
/// {"Type":{…}}
template <core::Record R>
Trouble read_named(const Json& json, R& out) {
  const std::string name(R::type_name);
  if (!json.is_object() || json.size() != 1 || !json.contains(name)) return trouble();
  return below(name, read(json.at(name), out));
}

template <class T>
Trouble read(const Json& json, std::optional<T>& out) {
  if (json.is_null()) {
    out.reset();
    return {};
  }
  return read(json, out.emplace());
}
template <class T>
Trouble read(const Json& json, std::vector<T>& out) {
  if (!json.is_array()) return trouble();
  out.clear();
  for (const Json& item : json) {
    if (const Trouble inner = read(item, out.emplace_back())) {
      return below("[" + std::to_string(out.size() - 1) + "]", inner);
    }
  }
  return {};
}
template <class... T>
Trouble read(const Json& json, std::variant<T...>& out) {
  if (!json.is_object() || json.size() != 1) return trouble();
  const std::string& name = json.begin().key();
  Trouble result = trouble(name);  // until an alternative of that name is found
  const auto try_one = [&]<class A>(A alternative) {
    if (A::type_name != name) return false;
    result = read_named(json, alternative);
    out = std::move(alternative);
    return true;
  };
  (void)(try_one(T{}) || ...);
  return result;
}

}  // namespace odnix::replay
