// One description of each type's fields serves equality, describe(), the journal and the replay tool.
//
//     struct EndReceived {
//         CallId call;
//         EndReason reason;
//         ODNIX_RECORD(EndReceived, call, reason)
//     };
//     ODNIX_ENUM(MediaKind, audio, video)
#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>

/// Inside an aggregate, after its members: names it, ties its fields, compares it member by member.
#define ODNIX_RECORD(Type, ...)                                   \
  static constexpr std::string_view type_name = #Type;            \
  static constexpr std::string_view field_names = #__VA_ARGS__;   \
  constexpr auto fields() { return std::tie(__VA_ARGS__); }       \
  constexpr auto fields() const { return std::tie(__VA_ARGS__); } \
  bool operator==(const Type&) const = default;

/// The same for a record without fields.
#define ODNIX_UNIT(Type)                               \
  static constexpr std::string_view type_name = #Type; \
  static constexpr std::string_view field_names = "";  \
  constexpr auto fields() { return std::tie(); }       \
  constexpr auto fields() const { return std::tie(); } \
  bool operator==(const Type&) const = default;

/// An enum class whose values have names: to_string(value); names_of(Type{}) lists them in order, separated by ", ".
#define ODNIX_ENUM(Type, ...)      \
  enum class Type { __VA_ARGS__ }; \
  constexpr std::string_view names_of(Type) { return #__VA_ARGS__; }

namespace odnix::core {

/// The n-th name in a list written "a, b, c"; empty past its end.
constexpr std::string_view nth_name(std::string_view list, std::size_t n) {
  for (; n > 0; --n) {
    const auto comma = list.find(',');
    if (comma == std::string_view::npos) return {};
    list.remove_prefix(comma + 1);
  }
  while (!list.empty() && list.front() == ' ') list.remove_prefix(1);
  return list.substr(0, list.find(','));
}

template <class Enum>
requires requires(Enum e) { names_of(e); }
constexpr std::string_view to_string(Enum value) { return nth_name(names_of(value), static_cast<std::size_t>(value)); }

}  // namespace odnix::core
