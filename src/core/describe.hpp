// One line of JSON for every state, event, effect and value of the core: for logs, failing tests, the debug overlay and
// the journal. A record prints as {"field":value,…}, a variant as {"Type":{…}}, a Secret as its redaction, ids as
// numbers or hex text. The replay tool reads the same text back (fields by name), so nothing here may lose information
// but secrets.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/ids.hpp"
#include "core/reflect.hpp"
#include "core/secret_text.hpp"
#include "core/time.hpp"

namespace odnix::core {

/// 16 lower-case hex digits.
[[nodiscard]] std::string to_hex(std::uint64_t value);
/// Exactly 16 hex digits of either case, else nullopt.
[[nodiscard]] std::optional<std::uint64_t> from_hex(std::string_view digits);
[[nodiscard]] std::string to_hex(const CallId& id);
[[nodiscard]] std::optional<CallId> call_id_from_hex(std::string_view digits);

void write_integer(std::string& out, std::int64_t value);
/// JSON string with every non-printable and non-ASCII byte escaped byte by byte; `raw` must not hold secrets.
void write_text(std::string& out, std::string_view raw);
/// `"name":`, preceded by a comma unless it is the first of its object.
void write_key(std::string& out, std::string_view name, bool first);

template <class T>
concept Record = requires(const T& r) {
  T::field_names;
  r.fields();
};

inline void write(std::string& out, bool value) { out += value ? "true" : "false"; }
template <std::integral T>
requires(!std::same_as<T, bool>) void write(std::string& out, T value) {
  write_integer(out, static_cast<std::int64_t>(value));
}
inline void write(std::string& out, const std::string& text) { write_text(out, text); }
inline void write(std::string& out, const Secret& secret) { write_text(out, redacted(secret.text)); }
inline void write(std::string& out, const CallId& id) { write_text(out, to_hex(id)); }
inline void write(std::string& out, const EndpointId& id) { write_text(out, to_hex(id.value)); }
inline void write(std::string& out, TimePoint time) { write_integer(out, time.time_since_epoch().count()); }
inline void write(std::string& out, Duration duration) { write_integer(out, duration.count()); }
template <class Tag, class Rep>
void write(std::string& out, const Id<Tag, Rep>& id) {
  write_integer(out, static_cast<std::int64_t>(id.value));
}
template <class Enum>
requires std::is_enum_v<Enum>
void write(std::string& out, Enum value) { write_text(out, to_string(value)); }
template <class T>
void write(std::string& out, const std::optional<T>& value);
template <class T>
void write(std::string& out, const std::vector<T>& list);
template <class... T>
void write(std::string& out, const std::variant<T...>& value);

template <Record R>
void write(std::string& out, const R& record) {
  out += '{';
  std::size_t index = 0;
  std::apply(
      [&](const auto&... field) {
        ((write_key(out, nth_name(R::field_names, index), index == 0), ++index, write(out, field)), ...);
      },
      record.fields());
  out += '}';
}

template <class T>
void write(std::string& out, const std::optional<T>& value) {
  if (value) {
    write(out, *value);
  } else {
    out += "null";
  }
}

template <class T>
void write(std::string& out, const std::vector<T>& list) {
  out += '[';
  bool first = true;
  for (const auto& item : list) {
    if (!first) out += ',';
    first = false;
    write(out, item);
  }
  out += ']';
}

/// {"Type":{…}}
template <Record R>
void write_named(std::string& out, const R& record) {
  out += '{';
  write_key(out, R::type_name, true);
  write(out, record);
  out += '}';
}

template <class... T>
void write(std::string& out, const std::variant<T...>& value) {
  std::visit([&](const auto& alternative) { write_named(out, alternative); }, value);
}

template <Record R>
[[nodiscard]] std::string describe(const R& record) {
  std::string out;
  write_named(out, record);
  return out;
}
template <class... T>
[[nodiscard]] std::string describe(const std::variant<T...>& value) {
  std::string out;
  write(out, value);
  return out;
}
template <class T>
[[nodiscard]] std::string describe(const std::vector<T>& list) {
  std::string out;
  write(out, list);
  return out;
}

/// The name of the alternative that a variant holds: "OutRinging".
template <class... T>
[[nodiscard]] std::string_view name_of(const std::variant<T...>& value) {
  return std::visit([](const auto& alternative) { return std::remove_cvref_t<decltype(alternative)>::type_name; },
                    value);
}

}  // namespace odnix::core
