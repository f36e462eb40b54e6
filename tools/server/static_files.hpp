// Files from the --www directories: right types, precompressed neighbours (.br, .gz), ETag and 304.
// Nothing outside those directories is reachable, neither by ".." nor by a symbolic link; dot files do not exist.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http.hpp"

namespace odnix::devserver {

class StaticFiles {
 public:
  /// False: `error` names the directory that is missing.
  [[nodiscard]] bool open(const std::vector<std::string>& directories, std::string& error);

  /// 200, 304 or 404 for a GET or HEAD of `path` ('/' first).
  [[nodiscard]] Response serve(const std::string& path, const Request& request) const;

  /// The content of one file, for pages; nullopt: there is none.
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const;

 private:
  [[nodiscard]] std::optional<std::string> locate(const std::string& path) const;
  std::vector<std::string> roots_;  ///< canonical
};

}  // namespace odnix::devserver
