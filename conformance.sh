#!/usr/bin/env bash
# The OCI distribution specification's own conformance suite against Berth with its default settings and logins on: versions 1.1 and dev,
# every optional API and every data set switched on.
# Usage: ./conformance.sh SUITE   where SUITE is the suite's program: `go build` in the folder conformance of opencontainers/distribution-spec.
# The registry is artifacts/native/berth/berth, which ./test.sh leaves behind; it is published if it is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d -t berth-XXXXXX)
# shellcheck source=scripts/console.sh
source scripts/console.sh
# shellcheck source=scripts/build.sh
source scripts/build.sh

native=$PWD/artifacts/native/berth
password=conformance-password
failed=0
server=

finish() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}

serve() {
  BERTH_ADMIN_PASSWORD=$password "$native/berth" serve --data "$work/data" --listen http://127.0.0.1:0 --log-level error >"$work/out" 2>"$work/log" &
  server=$!
  until [[ -s $work/out ]]; do
    kill -0 "$server" 2>/dev/null || die "berth did not start: $(cat "$work/log")"
    sleep 0.05
  done
  host=$(sed -n 's|.*serving http://\([^ ]*\) .*|\1|p' "$work/out")
}

# run VERSION: the suite's own switches that are off unless somebody asks, all on.
run() {
  step "Version $1"
  mkdir -p "$work/$1"
  (cd "$work" && env OCI_VERSION="$1" OCI_RESULTS_DIR="$work/$1" OCI_REGISTRY="$host" OCI_TLS=disabled \
    OCI_REPO1="conformance/$1-first" OCI_REPO2="conformance/$1-second" OCI_USERNAME=admin OCI_PASSWORD="$password" \
    OCI_API_BLOBS_DIGEST_HEADER=true OCI_API_BLOBS_UPLOAD_CANCEL=true OCI_API_MANIFESTS_DIGEST_HEADER=true \
    OCI_API_MANIFESTS_TAG_PARAM=true OCI_DATA_SPARSE=true timeout 600 "$suite") >"$work/$1.log" 2>&1 || failed=1
  local counts
  counts=$(grep -o '<testsuites [^>]*>' "$work/$1/junit.xml" | head -n 1)
  [[ $counts != *failures=\"[1-9]* && $counts != *errors=\"[1-9]* && $counts != *skipped=\"[1-9]* && -n $counts ]] || failed=1
  printf '%-4s %s\n' "$1" "$counts"
  grep -E 'failed test' "$work/$1.log" >&2 || true
}

[[ $# -eq 1 && -x $1 ]] || die "give the suite's program: ./conformance.sh SUITE"
suite=$(realpath "$1")
trap finish EXIT
[[ -x $native/berth ]] || publish_native src/Berth.Server "$native"
serve
run 1.1
run dev
[[ $failed -eq 0 ]] || die "not everything passed"
note "everything passed"
