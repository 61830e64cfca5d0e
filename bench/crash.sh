#!/usr/bin/env bash
# "201 means durable", tried: clients push, mount, move tags, delete, and the server is killed with SIGKILL at moments that a seed chooses;
# what was acknowledged must be there afterwards, byte for byte. The last line is "N kills, M acknowledged, V violations"; a violation's
# store is kept, and its path printed.
# Usage: bench/crash.sh [--kills 5000] [--seed 1] [--parallel 2]
#   BERTH_BIN=…  a directory with berth/berth to use instead of publishing this source
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/torture.sh
source scripts/torture.sh

torture kills "$@"
