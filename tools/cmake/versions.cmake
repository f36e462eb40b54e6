# Reads tools/versions into variables of the same names.
file(STRINGS ${CMAKE_SOURCE_DIR}/tools/versions odnix_version_lines REGEX "^[A-Z0-9_]+=")
foreach(line IN LISTS odnix_version_lines)
  string(REGEX MATCH "^([A-Z0-9_]+)=(.*)$" _ "${line}")
  set(${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
endforeach()
