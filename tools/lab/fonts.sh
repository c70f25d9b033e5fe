#!/usr/bin/env bash
# Makes the page's fonts from @fontsource-variable's: the characters and the weights that the page uses. Needs fontTools with brotli.
set -euo pipefail
cd "$(dirname "$0")/../.."
characters='U+0020-007E,U+00A0,U+00A7,U+00B1,U+00B7,U+00D7,U+00E4,U+00E9,U+00F6,U+00FC,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2022,U+2026,U+2190-2193,U+2212,U+2260,U+2264,U+2265,U+2713'
part=$(mktemp -d)
make() {
  fonttools varLib.instancer "node_modules/@fontsource-variable/$1/files/$1-latin-wght-normal.woff2" "wght=$2" -o "$part/$1.ttf" -q
  pyftsubset "$part/$1.ttf" --unicodes="$characters" --layout-features="$3" --flavor=woff2 --output-file="apps/lab/fonts/$1.woff2"
}
make inter 400:650 kern,calt,ccmp,cv05,ss03,tnum,locl,mark
make jetbrains-mono 400:700 zero,ccmp
rm -r "$part"
