#!/usr/bin/env bash
# "Nothing stops", tried: clients push, push again, mount, rely on what is there, delete, and pull by digest without a login, while the server
# collects every second what nobody asked for in five seconds. No request may fail and nothing may be lost. Prints requests, collections,
# what was collected, and failures; the store of a failure is kept, and its path printed.
# Usage: bench/soak.sh [--minutes 10] [--seed 1]
#   BERTH_BIN=…  a directory with berth/berth to use instead of publishing this source
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/torture.sh
source scripts/torture.sh

torture soak "$@"
