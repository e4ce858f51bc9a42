#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the Debian packages twice, in folders of other names and at other times, and holds them against each other, lintian and systemd.
#
# usage: package.sh [FOLDER]     the packages are left in FOLDER/one (build-deb)
#
# Takes what is committed. Wants the build's packages and: debhelper fakeroot lintian (and systemd for its check of the units).
set -eu
cd "$(dirname "$0")/.."
to=${1:-build-deb}
rm -rf "$to"
mkdir -p "$to/one" "$to/two/further/down"

git archive -o "$to/source.tar" HEAD

build() {   # FOLDER TIMEZONE UMASK
    mkdir "$1/karar-0.1.0"
    tar -x -C "$1/karar-0.1.0" -f "$to/source.tar"
    (cd "$1/karar-0.1.0" && umask "$3" && TZ=$2 dpkg-buildpackage -us -uc -d >../build.log 2>&1) || { tail -n 40 "$1/build.log"; exit 1; }
}

build "$to/one" UTC 0022
build "$to/two/further/down" Asia/Karachi 0002

status=0
for package in "$to"/one/*.deb "$to"/one/*.dsc "$to"/one/*.tar.*; do
    other="$to/two/further/down/$(basename "$package")"
    cmp "$package" "$other" || { echo "package.sh: not reproducible: $(basename "$package")"; status=1; }
done
lintian --fail-on error --tag-display-limit 0 "$to"/one/*.changes || status=1

root="$to/root"
for package in "$to"/one/*.deb; do
    case $package in *-dbgsym_*) ;; *) dpkg-deb -x "$package" "$root" ;; esac
done
"$root/usr/bin/karar" version | grep -q '^karar 0' || { echo 'package.sh: the program does not run'; status=1; }
for file in lib/systemd/system/karar-watch.service lib/systemd/system/karar-serve.service usr/lib/sysusers.d/karar.conf usr/share/man/man1/karar.1.gz usr/share/man/man3/karar.3.gz \
    usr/include/karar/karar.h usr/share/karar/packs/en/pack.conf; do
    test -s "$root/$file" || { echo "package.sh: missing: $file"; status=1; }
done
test ! -e "$root/usr/share/karar/packs/toy" || { echo 'package.sh: the toy pack is for tests alone'; status=1; }
if command -v systemd-analyze >/dev/null; then
    for unit in karar-watch.service karar-serve.service; do
        sed "s|/usr/bin/karar|$(realpath "$root")/usr/bin/karar|" "$root/lib/systemd/system/$unit" >"$to/$unit"
        systemd-analyze verify --man=no "$to/$unit" 2>&1 | grep karar && status=1
        systemd-analyze security --offline=true --threshold=20 "$to/$unit" >"$to/security.txt" || status=1
        tail -n 1 "$to/security.txt"
    done
fi
test $status -eq 0 && echo 'package.sh: built twice, the same bytes; no errors'
exit $status
