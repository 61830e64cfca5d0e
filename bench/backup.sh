#!/usr/bin/env bash
# Backup and restore of a large store, with the server running, against copying the same files with `cp -a`: the first backup, one with 1 % of
# new content, one that verifies everything, a restore. Every step reads from the disk: the caches are dropped before it (as root). Writes the
# table into docs/durability.md. Installs what is missing (as root), leaves nothing behind but installed packages.
# Wants four times the store's size of disk, and a machine that does nothing else.
#   MEGABYTES=10000  size of the store: half of it in blobs of 50 MB, the rest of 4 MB and 64 KB
#   BERTH_FILE=…     an executable to measure instead of publishing this source
#   DOCUMENT=…       where the table goes; none when this is set to nothing, or one of the others is set
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/console.sh
source scripts/console.sh

megabytes=${MEGABYTES:-10000}
document=${DOCUMENT-docs/durability.md}
[[ -z ${MEGABYTES:-}${BERTH_FILE:-} ]] || document=${DOCUMENT:-}
mkdir -p artifacts
# On the disk of the checkout: the temporary directory may be memory.
work=$(mktemp -d "$PWD/artifacts/backup-XXXXXX")
password="backup bench password"
server=
times=()

# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/build.sh
source scripts/build.sh

finish() {
  stop_server
  remove_service_policy
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

prepare() {
  step "Checking what is needed"
  require_dotnet
  local words free
  read -ra words < <(native_packages)
  ensure_packages "${words[@]}" curl:curl openssl:openssl
  free=$(df --output=avail --block-size=1000000 "$work" | tail -n 1)
  [[ $free -gt $((megabytes * 4)) ]] || die "$((megabytes * 4)) MB of disk are needed, $free are free"
  build_environment
  berth=${BERTH_FILE:-$work/bin/berth}
  [[ -n ${BERTH_FILE:-} ]] || publish_native src/Berth.Server "$work/bin"
}

start_server() {
  : >"$work/server.log"
  BERTH_ADMIN_PASSWORD=$password BERTH__Collection__EverySeconds=0 BERTH__Scrub__EverySeconds=0 \
    "$berth" serve --data "$work/data" --listen http://127.0.0.1:0 --log-level error >"$work/server.log" 2>&1 &
  server=$!
  local attempt
  for ((attempt = 0; attempt < 200; attempt++)); do
    host=$(sed -n 's|^berth is serving http://\([^ ]*\) .*|\1|p' "$work/server.log")
    [[ -z $host ]] || return 0
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$work/server.log" >&2
  die "the server did not start; its last lines are above"
}

stop_server() {
  [[ -z $server ]] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  server=
}

# push COUNT BYTES: blobs of random bytes. The lease of a day keeps them; no manifest is needed for that.
push() {
  local i digest
  for ((i = 0; i < $1; i++)); do
    head -c "$2" /dev/urandom >"$work/blob"
    digest=sha256:$(sha256sum "$work/blob" | cut -d ' ' -f 1)
    printf 'user = "admin:%s"\n' "$password" |
      curl --fail --silent --show-error --config - --data-binary "@$work/blob" --header 'Content-Type: application/octet-stream' \
        "http://$host/v2/bench/backup/blobs/uploads/?digest=$digest"
  done
  rm -f "$work/blob"
}

# fill MEGABYTES: half of it large, four tenths middling, a tenth small.
fill() {
  local large=$(($1 / 2 / 50)) middling=$(($1 * 4 / 10 / 4)) small=$(($1 * 1000 / 10 / 64))
  push "$((large > 0 ? large : 1))" 50000000
  push "$middling" 4000000
  push "$((small > 2000 ? 2000 : small))" 64000
}

# timed NAME COMMAND…: from the disk to the disk.
timed() {
  local name=$1 began took
  shift
  sync
  if [[ -w /proc/sys/vm/drop_caches ]]; then echo 3 >/proc/sys/vm/drop_caches; fi
  began=$(now_ms)
  quietly "$work/run.log" "$@"
  sync -f "$work"
  took=$(($(now_ms) - began))
  note "$name: $took ms"
  times+=("$name|$took")
}

measure() {
  step "Filling a store with $megabytes MB"
  start_server
  fill "$megabytes"
  bytes=$(du --bytes --summarize "$work/data/blobs" | cut -f 1)
  count=$(find "$work/data/blobs" -type f | wc -l)
  step "Measuring $count blobs, $((bytes / 1000000)) MB"
  timed "\`cp -a\` of the data directory" cp -a "$work/data" "$work/copy"
  rm -rf "$work/copy"
  timed "first \`berth backup\`" "$berth" backup "$work/backups" --data "$work/data"
  push "$((megabytes / 100 / 4 > 0 ? megabytes / 100 / 4 : 1))" 4000000
  timed "\`berth backup\` again, 1 % is new" "$berth" backup "$work/backups" --data "$work/data"
  timed "\`berth backup --verify\`, nothing is new" "$berth" backup "$work/backups" --data "$work/data" --verify
  timed "\`berth restore\`" "$berth" restore "$work/backups" --data "$work/restored"
  diff -r "$work/data/blobs" "$work/restored/blobs" || die "the restored content is not the same"
  rm -rf "$work/restored"
  timed "the same hashed by \`openssl dgst -sha256\`" sh -c "find '$work/backups/blobs' -type f -print0 | xargs -0 -n 64 -P 2 openssl dgst -sha256"
  stop_server
}

now_ms() { echo $(($(date +%s%N) / 1000000)); }

report() {
  local model base entry
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  echo "$(nproc) cores of $model, $(stat --file-system --format %T "$work"). $count blobs, $((bytes / 1000000)) MB; the server runs; caches are dropped before each step, and all that was written is synced when it ends."
  echo
  echo "| step | seconds | MB/s | to \`cp -a\` |"
  echo "|---|---:|---:|---:|"
  base=${times[0]#*|}
  for entry in "${times[@]}"; do
    awk -v name="${entry%|*}" -v ms="${entry#*|}" -v base="$base" -v bytes="$bytes" \
      'BEGIN { printf "| %s | %.1f | %.0f | %.2f × |\n", name, ms / 1000, bytes / ms / 1000, ms / base }'
  done
}

# Between its markers in the document.
publish() {
  local begin='<!-- results: written by bench/backup.sh -->' end='<!-- end of results -->'
  grep -qxF "$begin" "$document" || die "$document has no line '$begin'"
  awk -v begin="$begin" -v end="$end" -v table="$work/table" '
    $0 == begin { print; print ""; while ((getline line < table) > 0) print line; print ""; skip = 1 }
    $0 == end { skip = 0 }
    !skip { print }
  ' "$document" >"$work/document"
  cat "$work/document" >"$document"
}

prepare
measure
report | tee "$work/table"
[[ -z $document ]] || publish
