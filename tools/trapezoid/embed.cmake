# cmake -DROOT=... -DOUTPUT=... -P embed.cmake: the schemas and reference flows below ROOT as string
# literals of one C++ source, sorted by name.
set(entries "")
set(names "")
file(GLOB schemas "${ROOT}/scenarios/schema/*.schema.json")
file(GLOB references "${ROOT}/scenarios/*/reference/*.json")
foreach(path IN LISTS schemas references)
  cmake_path(GET path FILENAME name)
  string(REGEX REPLACE "(\\.schema)?\\.json$" "" name "${name}")
  cmake_path(GET path PARENT_PATH folder)
  cmake_path(GET folder FILENAME folder_name)
  if(folder_name STREQUAL "reference")
    cmake_path(GET folder PARENT_PATH folder)
    cmake_path(GET folder FILENAME topic)
    set(name "${topic}/${name}")
  endif()
  list(APPEND names "${name}")
  set(path_of_${name} "${path}")
endforeach()
list(SORT names)
foreach(name IN LISTS names)
  file(READ "${path_of_${name}}" text)
  string(APPEND entries "      {\"${name}\", R\"json(${text})json\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"tools/trapezoid/documents.hpp\"

namespace trapezoid::command {

const std::vector<Document>& documents() {
  static const std::vector<Document> all = {
${entries}  };
  return all;
}

}  // namespace trapezoid::command
")
