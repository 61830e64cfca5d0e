#!/usr/bin/env bash
# Size, start-up time and resident memory of the three published executables.
# Usage: bench/footprint.sh [DIR]   where DIR has berth/berth, mp-build/mp-build and mp-install/mp-install. Without: artifacts/native,
# which ./test.sh leaves behind; what is missing there is published.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-9}
bin=${1:-artifacts/native}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

publish() { [ -x "$bin/$2/$2" ] || dotnet publish "src/$1" -c Release -r linux-x64 -o "$bin/$2" -v quiet; }
publish Berth.Server berth
publish mp-build mp-build
publish mp-install mp-install

now_ms() { date +%s%N | sed 's/......$//'; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# Starts berth on an empty directory ($1) and prints the milliseconds until /healthz answers; leaves it running as $server.
start_berth() {
  local port=$((20000 + RANDOM % 20000)) began
  began=$(now_ms)
  BERTH_ADMIN_PASSWORD=footprint-password "$bin/berth/berth" serve --data "$1" --listen "http://127.0.0.1:$port" >"$work/log" 2>&1 &
  server=$!
  until curl -fs -o /dev/null "http://127.0.0.1:$port/healthz"; do kill -0 "$server"; done
  took=$(($(now_ms) - began))
  address=http://127.0.0.1:$port
}
stop_berth() { kill "$server"; wait "$server" || true; server=; }
resident_kb() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }

printf '%-12s %10s %22s\n' executable 'size, MB' "start, ms (median of $rounds)"
: >"$work/first"; : >"$work/again"
for ((i = 0; i < rounds; i++)); do
  rm -rf "$work/data"
  start_berth "$work/data"; echo "$took" >>"$work/first"; stop_berth
  start_berth "$work/data"; echo "$took" >>"$work/again"; stop_berth
done
size_mb() { awk -v b="$(stat -c %s "$1")" 'BEGIN { printf "%.1f", b / 1e6 }'; }
printf '%-12s %10s %22s\n' berth "$(size_mb "$bin/berth/berth")" "$(median <"$work/again") (new store: $(median <"$work/first"))"
for tool in mp-build mp-install; do
  for ((i = 0; i < rounds; i++)); do
    began=$(now_ms); "$bin/$tool/$tool" --version >/dev/null; echo $(($(now_ms) - began))
  done >"$work/$tool"
  printf '%-12s %10s %22s\n' "$tool" "$(size_mb "$bin/$tool/$tool")" "$(median <"$work/$tool") (--version)"
done

start_berth "$work/data"
idle=$(resident_kb)
for ((i = 0; i < 2000; i++)); do printf 'url = "%s/v2/"\noutput = /dev/null\n' "$address"; done >"$work/requests"
curl -s -K "$work/requests" || true
printf 'berth resident: %d MB idle, %d MB after 2000 requests\n' $((idle / 1000)) $(($(resident_kb) / 1000))
stop_berth
