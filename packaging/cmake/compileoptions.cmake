# SPDX-FileCopyrightText: 2026 The Countersign authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Whole builds are four times as fast with a dozen sources at a time; changing one source is slower.
option(COUNTERSIGN_UNITY "Compile a dozen sources at a time" OFF)

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
    $<$<BOOL:${COUNTERSIGN_WERROR}>:-Werror>
    $<$<BOOL:${COUNTERSIGN_UNITY}>:-Wno-subobject-linkage>)
target_include_directories(countersign_options INTERFACE
    ${PROJECT_SOURCE_DIR}/models ${PROJECT_SOURCE_DIR})
if(COUNTERSIGN_SANITIZE)
    target_compile_options(countersign_options INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE})
    target_link_options(countersign_options INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE})
endif()
if(COUNTERSIGN_TIDY)
    set(CMAKE_CXX_CLANG_TIDY clang-tidy)
endif()

# One set of precompiled headers for every target; off while clang-tidy reads, which wants the real thing.
option(COUNTERSIGN_PCH "Precompile the common headers" ON)
if(COUNTERSIGN_PCH AND NOT COUNTERSIGN_TIDY)
    add_library(countersign_headers STATIC ${CMAKE_CURRENT_LIST_DIR}/commonheaders.cpp)
    target_link_libraries(countersign_headers PRIVATE countersign_options Qt6::Core tl::expected)
    target_precompile_headers(countersign_headers PRIVATE ${CMAKE_CURRENT_LIST_DIR}/commonheaders.h)
endif()
function(countersign_precompiled name)
    if(TARGET countersign_headers)
        target_precompile_headers(${name} REUSE_FROM countersign_headers)
    endif()
endfunction()

# A static library of the house: countersign_library(NAME SOURCES ... LINKS ...)
function(countersign_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON AUTOGEN_ORIGIN_DEPENDS OFF
        UNITY_BUILD ${COUNTERSIGN_UNITY} UNITY_BUILD_BATCH_SIZE 12)
    target_link_libraries(${name} PUBLIC countersign_options ${ARG_LINKS})
    countersign_precompiled(${name})
endfunction()
