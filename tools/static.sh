#!/bin/sh
# SPDX-License-Identifier: MIT
# The static library: one object whose only global names are those that karar.h declares, so that it cannot clash with a program's own.
# usage: static.sh ROOMS.a OUTPUT.a CC [FLAG]…
set -eu
rooms=$1 output=$2
shift 2
object=$output.o
trap 'rm -f "$object"' EXIT
"$@" -r -nostdlib -o "$object" -Wl,--whole-archive "$rooms" -Wl,--no-whole-archive
objcopy --localize-hidden "$object"
rm -f "$output"
ar rcsD "$output" "$object"
