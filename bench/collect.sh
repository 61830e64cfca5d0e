#!/usr/bin/env bash
# How long requests take while half of a store of 100,000 manifests with 300,000 blobs is collected, by the server and by `berth gc` beside it,
# against the same requests while nothing happens. Installs what is missing (as root), publishes Berth as it ships, prints the table and
# writes it into docs/durability.md. Takes some minutes. Leaves nothing behind but installed packages. Wants 6 GB of memory and a machine that
# does nothing else.
#   DISK=memory        the store is on an ext4 of its own on a loop device in memory: a shared disk pauses for hundreds of milliseconds by itself,
#                      and what is asked is how long Berth and the file system make a request wait. Any other word: on the disk of the checkout
#   MANIFESTS=100000   how many; each has three blobs
#   SECONDS_EACH=60    how long the idle server is measured
#   BERTH_FILE=…       an executable to measure instead of publishing this source
# A run with any of these set prints its results and leaves the document as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/console.sh
source scripts/console.sh

mkdir -p artifacts
work=$(mktemp -d "$PWD/artifacts/collect-XXXXXX")
bench=

# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/build.sh
source scripts/build.sh

finish() {
  local pid
  if [[ -n $bench ]] && kill "$bench" 2>/dev/null; then wait "$bench" || true; fi
  for pid in "$work"/pids/*; do
    if [[ -e $pid ]]; then kill -KILL "${pid##*/}" 2>/dev/null || true; fi
  done
  remove_service_policy
  if mountpoint --quiet "$work/store"; then umount "$work/store"; fi
  if mountpoint --quiet "$work/memory"; then umount "$work/memory"; fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

prepare() {
  step "Checking what is needed"
  require_dotnet
  local words
  read -ra words < <(native_packages)
  ensure_packages "${words[@]}" mount:mount e2fsprogs:mkfs.ext4
  build_environment
  step "Building"
  quietly "$work/build.log" dotnet build bench/Berth.Bench --configuration Release
  [[ -n ${BERTH_FILE:-} ]] || publish_native src/Berth.Server "$work/berth"
}

make_store() {
  mkdir "$work/store"
  [[ ${DISK:-memory} == memory ]] || return 0
  mkdir "$work/memory"
  mount -t tmpfs -o size=7g tmpfs "$work/memory"
  truncate --size 6G "$work/memory/disk"
  mkfs.ext4 -q -i 8192 "$work/memory/disk"
  mount -o loop "$work/memory/disk" "$work/store"
}

measure() {
  local document=$PWD/docs/durability.md
  [[ -z ${MANIFESTS:-}${SECONDS_EACH:-}${BERTH_FILE:-}${DISK:-} ]] || document=
  step "Measuring"
  BENCH_WORK=$work/store BENCH_BERTH=${BERTH_FILE:-$work/berth/berth} BENCH_DOCUMENT=$document \
    artifacts/bin/Berth.Bench/release/Berth.Bench collect &
  bench=$!
  local status=0
  wait "$bench" || status=$?
  bench=
  return "$status"
}

prepare
make_store
measure
