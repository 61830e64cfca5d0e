#!/usr/bin/env bash
# Memory and speed of `berth export` and `berth import`: a small bundle, one ten times its size, and one that carries only what is new since that,
# each against packing or unpacking the same files with tar and hashing them. Every step reads from the disk: the caches are dropped before it
# (as root). Exit code 1: a bundle of the large registry took more than 1.5 times the memory of the small one. Installs what is missing (as root),
# leaves nothing behind but installed packages.
# Wants five times the large bundle's size of disk, and a machine that does nothing else.
#   MEGABYTES=2000   size of the large bundle: half of it in one layer, the rest in layers of 4 MB
#   BERTH_FILE=…     an executable to measure instead of publishing this source
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/console.sh
source scripts/console.sh

megabytes=${MEGABYTES:-2000}
mkdir -p artifacts
# On the disk of the checkout: the temporary directory may be memory.
work=$(mktemp -d "$PWD/artifacts/bundle-XXXXXX")
password="bundle bench password"
server=
rows=()
# Below it nothing has grown: it is about what a process takes that does next to nothing, and what the garbage collector leaves lying is chance.
floor_kb=40000

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
  [[ $megabytes =~ ^[0-9]+$ && $megabytes -ge 500 ]] || die "MEGABYTES is a number from 500, not '$megabytes'"
  ensure_packages curl:curl openssl:openssl time:/usr/bin/time
  local words free
  free=$(df --output=avail --block-size=1000000 "$work" | tail -n 1)
  [[ $free -gt $((megabytes * 5)) ]] || die "$((megabytes * 5)) MB of disk are needed, $free are free"
  executable=${BERTH_FILE:-$work/bin/berth}
  [[ -z ${BERTH_FILE:-} ]] || return 0
  require_dotnet
  read -ra words < <(native_packages)
  ensure_packages "${words[@]}"
  build_environment
  publish_native src/Berth.Server "$work/bin"
}

# start_server DATA
start_server() {
  : >"$work/ready"
  BERTH_ADMIN_PASSWORD=$password "$executable" serve --data "$1" --listen http://127.0.0.1:0 >"$work/ready" 2>"$work/server.log" &
  server=$!
  until host=$(grep -o '127[^ ]*' "$work/ready"); do
    kill -0 "$server" 2>/dev/null || die "the server did not start: $(tail -n 3 "$work/server.log")"
    sleep 0.05
  done
}

stop_server() {
  [[ -z $server ]] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  server=
}

# request METHOD PATH FILE TYPE: not with --data-binary, which takes the file into memory.
request() {
  curl --fail --silent --show-error --config "$work/login" --request "$1" --upload-file - --header "Content-Type: $4" \
    "http://$host/v2/bench/bundle/$2" <"$3"
}

# push_blob BYTES: random bytes; leaves their digest in $digest.
push_blob() {
  head -c "$1" /dev/urandom >"$work/blob"
  digest=sha256:$(sha256sum "$work/blob" | cut -d ' ' -f 1)
  request POST "blobs/uploads/?digest=$digest" "$work/blob" application/octet-stream
  rm "$work/blob"
}

# push_image TAG COUNT BYTES: with so many layers of that size.
push_image() {
  local type=application/vnd.oci.image i config layers=
  push_blob 2000
  config=$digest
  for ((i = 0; i < $2; i++)); do
    push_blob "$3"
    layers+=${layers:+,}$(printf '{"mediaType":"%s.layer.v1.tar+gzip","digest":"%s","size":%d}' "$type" "$digest" "$3")
  done
  printf '{"schemaVersion":2,"mediaType":"%s.manifest.v1+json","config":{"mediaType":"%s.config.v1+json","digest":"%s","size":2000},"layers":[%s]}' \
    "$type" "$type" "$config" "$layers" >"$work/manifest"
  request PUT "manifests/$1" "$work/manifest" "$type.manifest.v1+json"
}

# fill MEGABYTES: growing in the size of a layer, in layers and in images.
fill() {
  local image
  push_image large 1 "$(($1 / 2))000000"
  for ((image = 0; image < $1 / 2 / 20; image++)); do
    push_image "small-$image" 5 4000000
  done
}

berth() { /usr/bin/time --format %M --output "$work/peak" "$executable" "$@"; }

pack() { tar -cf "$work/tar" -C "$1" --files-from "$work/files" && sync "$work/tar" && openssl dgst -sha256 "$work/tar"; }

unpack() { mkdir "$work/unpacked" && tar -xf "$work/tar" -C "$work/unpacked" && find "$work/unpacked" -type f -exec openssl dgst -sha256 {} +; }

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# timed COMMAND…: from the disk to the disk; leaves the milliseconds in $took.
timed() {
  local began
  sync
  if [[ -w /proc/sys/vm/drop_caches ]]; then echo 3 >/proc/sys/vm/drop_caches; fi
  began=$(now_ms)
  quietly "$work/run.log" "$@"
  sync -f "$work"
  took=$(($(now_ms) - began))
}

# record NAME BUNDLE THEIRS: after our run; NAME begins with the step.
record() {
  local peak
  peak=$(cat "$work/peak")
  note "$1: $took ms, $((peak * 1024 / 1000000)) MB of memory; tar and openssl: $3 ms"
  rows+=("$1|$(stat --format %s "$2")|$took|$peak|$3")
}

# carry NAME DIR BUNDLE [EARLIER]: from DIR/data by way of the bundle into DIR/imported.
carry() {
  local name=$1 dir=$2 bundle=$3 earlier=${4:-} theirs
  (cd "$dir/data/blobs" && find . -type f ${earlier:+-newer "$earlier"}) >"$work/files"
  step "Carrying $name"
  timed pack "$dir/data/blobs"
  theirs=$took
  timed berth export --data "$dir/data" --file "$bundle" ${earlier:+--since "$earlier"}
  record "export, $name" "$bundle" "$theirs"
  timed unpack
  theirs=$took
  rm -rf "$work/unpacked" "$work/tar"
  timed berth import "$bundle" --data "$dir/imported"
  record "import, $name" "$bundle" "$theirs"
  diff -r "$dir/data/blobs" "$dir/imported/blobs" || die "the imported content is not the same"
}

measure() {
  local size
  printf 'user = "admin:%s"\n' "$password" >"$work/login"
  for size in $((megabytes / 10)) "$megabytes"; do
    step "Filling a registry with $size MB"
    # A first start makes the registry that is imported into.
    start_server "$work/$size/imported"
    stop_server
    start_server "$work/$size/data"
    fill "$size"
    stop_server
    carry "$size MB" "$work/$size" "$work/$size/bundle"
  done
  start_server "$work/$megabytes/data"
  push_image new 5 "$((megabytes / 100 / 5))000000"
  stop_server
  carry "1 % since" "$work/$megabytes" "$work/since" "$work/$megabytes/bundle"
}

report() {
  local model
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  echo "$(nproc) cores of $model, $(df --output=fstype "$work" | tail -n 1). Caches are dropped before each step, and all that was written is synced when it ends."
  echo
  echo "| step | MB | seconds | MB/s | peak memory, MB | to \`tar\` and \`openssl dgst -sha256\` |"
  echo "|---|---:|---:|---:|---:|---:|"
  printf '%s\n' "${rows[@]}" |
    awk -F '|' '{ printf "| %s | %.0f | %.2f | %.0f | %.0f | %.2f × |\n", $1, $2 / 1e6, $3 / 1e3, $2 / $3 / 1e3, $4 * 1024 / 1e6, $3 / $5 }'
}

# The first export and the first import are those of the small bundle.
require_bounded() {
  printf '%s\n' "${rows[@]}" | awk -F '[|,]' -v floor="$floor_kb" '
    !($1 in first) { first[$1] = $5 > floor ? $5 : floor }
    $5 > 1.5 * first[$1] { print $1 "," $2; grown = 1 }
    END { exit grown }' >"$work/grown" || die "memory grows with the bundle: $(paste -sd ';' "$work/grown")"
}

prepare
measure
report
require_bounded
