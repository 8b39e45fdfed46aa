#!/bin/sh
# Packs the commit and build/contract, which `make docs` has written, into dist/: the archive, and the client kit's wheel.
# The argument is the Python that builds the wheel.
set -eu
python=$1
case $python in */*) python=$(cd "$(dirname "$python")" && pwd)/$(basename "$python") ;; esac
cd "$(dirname "$0")/.."
git diff --quiet HEAD || { echo "liandong: commit first, for the archive is of a commit" >&2; exit 1; }
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
archive=dist/liandong-$version.tar
rm -rf dist build/kit
mkdir -p dist
git archive --prefix "liandong-$version/" -o "$archive" HEAD
tar -rf "$archive" --transform "s,^,liandong-$version/," build/contract
gzip -n "$archive"
cp -r sdk/python build/kit
rm -rf build/kit/build
cp -r build/contract build/kit/src/liandong_client/contract
"$python" -m pip wheel -q --no-deps --no-build-isolation --disable-pip-version-check -w dist build/kit
ls dist
