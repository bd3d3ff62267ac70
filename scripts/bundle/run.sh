#!/bin/sh
# Runs what this folder holds, on a bare Linux machine:
#   ./run.sh                 the gradient suite on every backend that starts here, then the bench
#   ./run.sh suite [ARGS]    the suite alone, with mocha's arguments:  ./run.sh suite -g 'on webgpu'
#   ./run.sh bench [ARGS]    the bench alone, with its own arguments
#   ./run.sh gpu [ARGS]      what a machine with a GPU can tell in some eight minutes: --help lists it
# The native backend is measured too where its build was carried along: a copy (cp -a) of the
# build/native that `inception-lab backend install --cuda` made, as build/native in this folder.
# REQUIRE_BACKENDS=webgpu,wasm makes it fail, not skip, where one of these does not start.
# WebGPU needs the system's libvulkan.so.1 and a driver; if the driver's file is not in Vulkan's own
# folders, name it:  VK_DRIVER_FILES=/somewhere/nvidia_icd.json ./run.sh
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
cd "$here"

suite() {
  ./node node_modules/mocha/bin/mocha.js --no-config --no-package --timeout 120000 \
    'test/**/*.test.js' "$@"
}

bench() {
  ./node bench/bench.js "$@"
}

# What is kept between runs; the study's pictures are there.
export XDG_CACHE_HOME="$here/cache"

gpu() {
  ./node bench/gpu.js "$@"
}

case "${1-}" in
  suite | bench | gpu)
    what=$1
    shift
    "$what" "$@"
    ;;
  '')
    status=0
    suite || status=$?
    bench || status=$?
    exit "$status"
    ;;
  *)
    echo "There is no \"$1\". Choose suite, bench or gpu, or nothing for the first two." >&2
    exit 2
    ;;
esac
