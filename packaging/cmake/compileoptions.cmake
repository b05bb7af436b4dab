# SPDX-FileCopyrightText: 2026 The Countersign authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# One interface target carries every flag and definition; each of our targets links it.
add_library(countersign_options INTERFACE)
target_compile_definitions(countersign_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_JAVA_STYLE_ITERATORS
    QT_STRICT_ITERATORS QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    COUNTERSIGN_VERSION="${PROJECT_VERSION}"
    $<$<BOOL:${COUNTERSIGN_ASSERTS}>:QT_FORCE_ASSERTS>)
target_compile_options(countersign_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
    # GCC 12 takes the empty half of an expected for uninitialised when it optimises.
    -Wcast-qual -Wno-missing-field-initializers -Wno-maybe-uninitialized -fno-omit-frame-pointer -fstack-protector-strong
    $<$<BOOL:${COUNTERSIGN_WERROR}>:-Werror>)
target_include_directories(countersign_options INTERFACE
    ${PROJECT_SOURCE_DIR}/models ${PROJECT_SOURCE_DIR})
if(COUNTERSIGN_SANITIZE)
    target_compile_options(countersign_options INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE})
    target_link_options(countersign_options INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE})
endif()
if(COUNTERSIGN_TIDY)
    set(CMAKE_CXX_CLANG_TIDY clang-tidy)
endif()

# A static library of the house: countersign_library(NAME SOURCES ... LINKS ...)
function(countersign_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PUBLIC countersign_options ${ARG_LINKS})
endfunction()
