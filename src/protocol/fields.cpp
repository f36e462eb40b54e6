#include "protocol/fields.hpp"

#include <charconv>
#include <limits>

namespace odnix::protocol {

const Json* member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

Field text_field(const Json& object, const char* name, std::string_view& out) {
  const Json* value = member(object, name);
  if (value == nullptr) return Field::absent;
  const auto* text = value->get_ptr<const std::string*>();
  if (text == nullptr) return Field::wrong;
  out = *text;
  return Field::good;
}

Field bool_field(const Json& object, const char* name, bool& out) {
  const Json* value = member(object, name);
  if (value == nullptr) return Field::absent;
  const auto* flag = value->get_ptr<const bool*>();
  if (flag == nullptr) return Field::wrong;
  out = *flag;
  return Field::good;
}

Field integer_field(const Json& object, const char* name, std::int64_t& out) {
  const Json* value = member(object, name);
  if (value == nullptr) return Field::absent;
  if (!value->is_number_integer()) return Field::wrong;
  if (const auto* large = value->get_ptr<const std::uint64_t*>();
      large != nullptr && *large > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return Field::wrong;
  }
  out = *value->get_ptr<const std::int64_t*>();  // both integer kinds answer to this one
  return Field::good;
}

Field number_or_digits_field(const Json& object, const char* name, std::int64_t& out) {
  std::string_view digits;
  if (text_field(object, name, digits) != Field::good) return integer_field(object, name, out);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return Field::wrong;
  out = value;
  return Field::good;
}

}  // namespace odnix::protocol
