# trapezoid_read_layers(FILE)           reads sim/LAYERS into TRAPEZOID_MODULES and TRAPEZOID_DEPENDS_<module>
# trapezoid_module(NAME SOURCES ...)    one folder of sim/: target trapezoid_<name>, alias trapezoid::<name>
# trapezoid_test(NAME SOURCES ...)      one folder of tests/: one GoogleTest program
# The only ways to add code, so that every target has the same standard, warnings, install and export.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
include(GoogleTest)

find_program(TRAPEZOID_CCACHE ccache)
if(TRAPEZOID_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${TRAPEZOID_CCACHE}")
endif()

function(trapezoid_read_layers file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(STRINGS "${file}" lines REGEX "^[a-z]+:")
  set(modules "")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([a-z]+):(.*)$" _ "${line}")
    set(name "${CMAKE_MATCH_1}")
    string(STRIP "${CMAKE_MATCH_2}" depends)
    string(REGEX REPLACE " +" ";" depends "${depends}")
    if(depends STREQUAL "*")
      set(depends "${modules}")
    endif()
    list(APPEND modules "${name}")
    set(TRAPEZOID_DEPENDS_${name} "${depends}" PARENT_SCOPE)
  endforeach()
  set(TRAPEZOID_MODULES "${modules}" PARENT_SCOPE)
endfunction()

# Properties of every target of ours: the standard, and in developer builds warnings as errors.
function(trapezoid_target_properties target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  if(TRAPEZOID_DEVELOPER)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                           -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Werror)
  endif()
endfunction()

# Debug builds do not optimize what costs more to compile than it gains in running: tests and the
# command, with GoogleTest's and CLI11's templates.
function(trapezoid_compile_fast target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Debug>:-O0>)
endfunction()

function(trapezoid_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  set(target trapezoid_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(trapezoid::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  trapezoid_target_properties(${target})
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>"
                             "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/trapezoid>")
  foreach(dependency IN LISTS TRAPEZOID_DEPENDS_${name})
    if(TARGET trapezoid_${dependency})
      target_link_libraries(${target} PUBLIC trapezoid_${dependency})
    endif()
  endforeach()
  target_link_libraries(${target} PRIVATE ${arg_LINKS})
  set_property(GLOBAL APPEND PROPERTY TRAPEZOID_INSTALLED_TARGETS ${target})
  install(TARGETS ${target} EXPORT trapezoid-targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
  install(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/"
          DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/trapezoid/sim/${name}"
          FILES_MATCHING PATTERN "*.hpp")
endfunction()

# LABEL defaults to `unit`. The program is test_<name>; its tests are found by GoogleTest.
function(trapezoid_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL" "SOURCES;LINKS;ENVIRONMENT")
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  set(target test_${name})
  add_executable(${target} ${arg_SOURCES})
  trapezoid_target_properties(${target})
  trapezoid_compile_fast(${target})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  if(TARGET trapezoid_${name})
    target_link_libraries(${target} PRIVATE trapezoid_${name})
  endif()
  target_link_libraries(${target} PRIVATE ${arg_LINKS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${target} PRIVATE TRAPEZOID_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                       WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
                       PROPERTIES LABELS ${arg_LABEL} ENVIRONMENT "${arg_ENVIRONMENT}")
endfunction()

# The package for find_package(trapezoid).
function(trapezoid_install_package)
  set(cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/trapezoid")
  configure_package_config_file("${PROJECT_SOURCE_DIR}/tools/cmake/trapezoid-config.cmake.in"
                                "${PROJECT_BINARY_DIR}/trapezoid-config.cmake"
                                INSTALL_DESTINATION "${cmake_dir}")
  write_basic_package_version_file("${PROJECT_BINARY_DIR}/trapezoid-config-version.cmake"
                                   COMPATIBILITY SameMinorVersion)
  install(FILES "${PROJECT_BINARY_DIR}/trapezoid-config.cmake"
                "${PROJECT_BINARY_DIR}/trapezoid-config-version.cmake"
                "${PROJECT_SOURCE_DIR}/tools/cmake/FindSimGrid.cmake" DESTINATION "${cmake_dir}")
  install(EXPORT trapezoid-targets NAMESPACE trapezoid:: DESTINATION "${cmake_dir}")
endfunction()
