#include "protocol/parse.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace odnix::protocol {
namespace {

/// What nlohmann::json::sax_parse() calls. Every answer is "go on".
class TreeBuilder {
 public:
  [[nodiscard]] Json take() { return std::move(root_); }

  bool null() { return add(Json()); }
  bool boolean(bool value) { return add(Json(value)); }
  bool number_integer(std::int64_t value) { return add(Json(value)); }
  bool number_unsigned(std::uint64_t value) { return add(Json(value)); }
  bool number_float(double value, const std::string&) { return add(Json(value)); }
  bool string(std::string& value) { return add(Json(std::move(value))); }
  bool binary(Json::binary_t&) { return false; }  // not in JSON text
  bool start_object(std::size_t) { return open(Json(Json::value_t::object)); }
  bool start_array(std::size_t) { return open(Json(Json::value_t::array)); }
  bool key(std::string& name) {
    key_ = std::move(name);
    return true;
  }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

 private:
  bool add(Json value) {
    put(std::move(value));
    return true;
  }
  bool open(Json value) {
    open_.push_back(put(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  /// A container does not grow while one inside it is open, so the pointers in `open_` stay good.
  Json* put(Json value) {
    Json* place = &root_;
    if (!open_.empty()) {
      if (auto* list = open_.back()->get_ptr<Json::array_t*>()) {
        place = &list->emplace_back();
      } else {
        place = &(*open_.back()->get_ptr<Json::object_t*>())[key_];  // of two of one name the later stays
      }
    }
    *place = std::move(value);
    return place;
  }

  Json root_;
  std::vector<Json*> open_;
  std::string key_;
};

}  // namespace

std::optional<Json> parse(std::string_view text) {
  TreeBuilder tree;
  if (!Json::sax_parse(text.data(), text.data() + text.size(), &tree)) return std::nullopt;
  return tree.take();
}

}  // namespace odnix::protocol
