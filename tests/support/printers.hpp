// A failing test explains itself: every record, variant, id and enum of ours prints as describe() says it. Include this
// in every test file, before the first comparison of such a value.
#pragma once

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <variant>

#include "core/describe.hpp"

namespace odnix::test {

template <class T>
std::string print(const T& value) {
  std::string out;
  core::write(out, value);
  return out;
}

}  // namespace odnix::test

namespace Catch {

template <odnix::core::Record T>
struct StringMaker<T> {
  static std::string convert(const T& value) { return odnix::core::describe(value); }
};
template <class... T>
struct StringMaker<std::variant<T...>> {
  static std::string convert(const std::variant<T...>& value) {
    return std::visit([](const auto& v) { return Detail::stringify(v); }, value);
  }
};
template <class T>
struct StringMaker<std::optional<T>> {
  static std::string convert(const std::optional<T>& value) { return value ? Detail::stringify(*value) : "nullopt"; }
};
template <class Tag, class Rep>
struct StringMaker<odnix::core::Id<Tag, Rep>> {
  static std::string convert(const odnix::core::Id<Tag, Rep>& id) { return odnix::test::print(id); }
};
template <>
struct StringMaker<odnix::core::CallId> {
  static std::string convert(const odnix::core::CallId& id) { return odnix::test::print(id); }
};
template <>
struct StringMaker<odnix::core::Secret> {
  static std::string convert(const odnix::core::Secret& secret) { return odnix::test::print(secret); }
};
template <>
struct StringMaker<odnix::core::TimePoint> {
  static std::string convert(odnix::core::TimePoint time) { return odnix::test::print(time) + " ms"; }
};
template <class Enum>
requires requires(Enum e) { names_of(e); }
struct StringMaker<Enum> {
  static std::string convert(Enum value) { return std::string(odnix::core::to_string(value)); }
};

}  // namespace Catch
