# SimGrid::SimGrid, from pkg-config: Debian ships no CMake file for it.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_SIMGRID QUIET IMPORTED_TARGET simgrid>=3.32)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SimGrid REQUIRED_VARS PC_SIMGRID_LINK_LIBRARIES
                                  VERSION_VAR PC_SIMGRID_VERSION)
if(SimGrid_FOUND AND NOT TARGET SimGrid::SimGrid)
  add_library(SimGrid::SimGrid INTERFACE IMPORTED)
  target_link_libraries(SimGrid::SimGrid INTERFACE PkgConfig::PC_SIMGRID)
endif()
