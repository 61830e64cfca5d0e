#!/usr/bin/env bash
# "201 means durable", tried: clients push, mount, move tags, delete, and the server is killed with SIGKILL at moments that a seed chooses;
# what was acknowledged must be there afterwards, byte for byte. The last line is "N kills, M acknowledged, V violations"; a violation's
# store is kept, and its path printed.
# Usage: bench/crash.sh [--kills 5000] [--seed 1] [--parallel 2]
#        bench/crash.sh --power-loss CUTS [--seed 1]   the power is cut instead: what was not synced is lost
#   BERTH_BIN=…  a directory with berth/berth to use instead of publishing this source
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/torture.sh
source scripts/torture.sh

if [[ ${1:-} == --power-loss ]]; then
  torture power-loss --cuts "${2:?a number of cuts is expected}" "${@:3}"
else
  torture kills "$@"
fi
