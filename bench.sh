#!/usr/bin/env bash
# Berth beside Debian's docker-registry and nginx, on this machine, under the same load, in less than 10 minutes. Installs what is missing
# (as root), publishes Berth as it ships, measures in rounds, prints the medians and ratios, and writes them into docs/benchmarks.md.
# Leaves nothing behind but installed packages. Wants 15 GB of disk and a machine that does nothing else.
#   ROUNDS=3         how often everything is measured; unless set, fewer on a machine that is too slow for three in that time
#   SECONDS_EACH=2   how long each measurement of reading takes
#   ONLY=push        only workloads whose id contains this: manifest, blob-get, tags-page, push-64k, push-chunked, memory, start …
#   BERTH_FILE=…     an executable to measure instead of publishing this source
# A run with any of these set prints its results and leaves the document as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/console.sh
source scripts/console.sh

mkdir -p artifacts
# On the disk of the checkout: the temporary directory may be memory, where syncing costs nothing.
work=$(mktemp -d "$PWD/artifacts/bench-XXXXXX")
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
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

prepare() {
  step "Checking what is needed"
  require_dotnet
  local words
  read -ra words < <(native_packages)
  ensure_packages "${words[@]}" docker-registry:docker-registry nginx-light:nginx wrk:wrk
  build_environment
  step "Building"
  quietly "$work/build.log" dotnet build bench/Berth.Bench --configuration Release
  [[ -n ${BERTH_FILE:-} ]] || publish_native src/Berth.Server "$work/berth"
}

measure() {
  local document=$PWD/docs/benchmarks.md
  [[ -z ${ROUNDS:-}${SECONDS_EACH:-}${ONLY:-}${BERTH_FILE:-} ]] || document=
  step "Measuring"
  BENCH_WORK=$work BENCH_BERTH=${BERTH_FILE:-$work/berth/berth} BENCH_DOCUMENT=$document \
    artifacts/bin/Berth.Bench/release/Berth.Bench &
  bench=$!
  local status=0
  wait "$bench" || status=$?
  bench=
  return "$status"
}

prepare
measure
