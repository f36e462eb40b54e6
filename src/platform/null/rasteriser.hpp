// Draws a draw list into memory, so that the user interface can be looked at and compared without a graphics card.
#pragma once

#include <string>

#include "platform/null/box_text.hpp"

struct ImDrawList;

namespace odnix::platform {

/// The picture in device pixels, over what is in `picture` already (its size decides). Texts come from `texts`.
void rasterise(const ImDrawList& list, const BoxText& texts, Picture& picture);

/// As a binary PPM (P6) without its alpha; false if the file cannot be written.
bool write_ppm(const Picture& picture, const std::string& path);

}  // namespace odnix::platform
