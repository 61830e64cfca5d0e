#!/usr/bin/env bash
# Scrub throughput: how fast 'berth scrub --now' reads and hashes a store, beside 'openssl dgst -sha256' over the same files.
# Usage: bench/scrub.sh [warm|cold] [BERTH]   warm (default): all content is in memory before each run; cold: nothing is (as root).
# BERTH is a published executable, by default the one that ./test.sh leaves behind; when it is missing it is published.
# Environment: MEGABYTES of content (2000), BLOB_MEGABYTES of each blob (50), ROUNDS (3).
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/console.sh
source scripts/console.sh
work=$(mktemp -d -t berth-XXXXXX)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/build.sh
source scripts/build.sh

state=${1:-warm}
berth=${2:-artifacts/native/berth/berth}
megabytes=${MEGABYTES:-2000}
blob=${BLOB_MEGABYTES:-50}
rounds=${ROUNDS:-3}
[[ $state == warm || $state == cold ]] || die "say warm or cold, not '$state'"
[[ $state == warm || $EUID -eq 0 ]] || die "only root can empty the page cache: run it as root, or warm"

now_ms() { echo $(($(date +%s%N) / 1000000)); }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
rate() { awk -v mb="$megabytes" -v ms="$1" 'BEGIN { printf "%.0f", mb * 1000 / ms }'; }

ensure_packages openssl:openssl curl:curl
if [[ ! -x $berth ]]; then
  # shellcheck disable=SC2046
  ensure_packages $(native_packages)
  require_dotnet
  build_environment
  publish_native src/Berth.Server "$(dirname "$berth")"
fi

fill() {
  local address="" digest i
  BERTH_ADMIN_PASSWORD=bench-password "$berth" serve --data "$work/data" --listen http://127.0.0.1:0 >"$work/ready" 2>"$work/log" &
  server=$!
  until address=$(grep -o 'http://127[^ ]*' "$work/ready"); do
    kill -0 "$server" 2>/dev/null || die "the server did not start: $(tail -n 3 "$work/log")"
    sleep 0.05
  done
  for ((i = 0; i < megabytes / blob; i++)); do
    head -c "${blob}000000" /dev/urandom >"$work/blob"
    digest=sha256:$(sha256sum "$work/blob" | cut -d' ' -f1)
    curl -fsS -u admin:bench-password -H 'Content-Type: application/octet-stream' --data-binary "@$work/blob" \
      "$address/v2/bench/scrub/blobs/uploads/?digest=$digest"
  done
  rm "$work/blob"
  kill "$server"
  wait "$server" || true
  server=
}

# The state of the page cache is the same before each run.
settle() {
  sync
  if [[ $state == cold ]]; then
    echo 3 >/proc/sys/vm/drop_caches
  else
    find "$work/data/blobs" -type f -exec cat {} + >/dev/null
  fi
}

timed() {
  local began
  settle
  began=$(now_ms)
  "${@:2}"
  echo $(($(now_ms) - began)) >>"$work/$1"
}

scrub() { "$berth" scrub --now --data "$work/data" >"$work/report"; }
hash_all() { find "$work/data/blobs" -type f -exec openssl dgst -sha256 {} + >/dev/null; }

step "Pushing $megabytes MB in blobs of $blob MB"
fill
step "Reading them $rounds times, $state"
for ((round = 0; round < rounds; round++)); do
  timed openssl hash_all
  timed scrub scrub
done
cat "$work/report" >&2
ours=$(median <"$work/scrub")
theirs=$(median <"$work/openssl")
printf 'scrub    %6d ms  %5s MB/s\nopenssl  %6d ms  %5s MB/s\nratio    %s\n' "$ours" "$(rate "$ours")" "$theirs" "$(rate "$theirs")" \
  "$(awk -v a="$theirs" -v b="$ours" 'BEGIN { printf "%.2f", a / b }')"
