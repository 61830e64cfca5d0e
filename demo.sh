#!/usr/bin/env bash
# The whole chain on this machine: starts Berth, makes a user who may push, builds the sample management pack and pushes its image, then
# does with the pak what a Cloud Proxy does: pulls the image by its digest, without credentials, runs it and collects from it.
# Does its own set-up on a fresh Debian or Ubuntu with the .NET SDK; leaves nothing behind but the pak and installed packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/main.sh
source scripts/main.sh

sample=samples/HostWatch
pak=$sample/build/HostWatch_1.0.0.pak
berth=artifacts/bin/Berth.Server/release/berth
mp_build=artifacts/bin/mp-build/release/mp-build
mp_install=artifacts/bin/mp-install/release/mp-install

prepare() {
  step "Checking what is needed"
  require_dotnet
  local words
  read -ra words < <(native_packages)
  ensure_packages "${words[@]}"
  engine_prepare
  build_environment
  step "Building Berth, mp-build and mp-install"
  local project
  for project in Berth.Server mp-build mp-install; do
    quietly "$work/build.log" dotnet build "src/$project" --configuration Release
  done
  step "Compiling the sample's adapter to native code"
  quietly "$work/build.log" "$sample/publish.sh"
}

chain() {
  # A Docker configuration of our own: no login of the user's is used or changed.
  export DOCKER_CONFIG=$work/docker
  mkdir -p "$DOCKER_CONFIG"
  start_berth
  add_pusher
  build_pak
  forget_image
  install_pak
  show_result
}

start_berth() {
  step "Starting Berth with an empty data directory"
  : >"$work/berth.log"
  BERTH_ADMIN_PASSWORD=$(new_password) "$berth" serve --data "$work/data" --listen http://127.0.0.1:0 >"$work/berth.log" 2>&1 &
  berth_process=$!
  local attempt
  for ((attempt = 0; attempt < 150; attempt++)); do
    host=$(sed -n 's|^berth is serving http://\([^ ]*\) .*|\1|p' "$work/berth.log")
    if [[ -n $host ]]; then
      note "http://$host"
      return
    fi
    kill -0 "$berth_process" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$work/berth.log" >&2
  die "berth did not start; its last lines are above"
}

add_pusher() {
  step "Making a user who may push"
  password=$(new_password)
  "$berth" user add pusher --password-stdin --data "$work/data" <<<"$password" >&2
}

build_pak() {
  step "mp-build: image, push with a login, pak"
  rm -rf "$sample/build"
  MP_BUILD_REGISTRY_PASSWORD=$password "$mp_build" --path "$sample" --registry-tag "$host/demo/hostwatch" --registry-username pusher \
    --insecure-collector-communication --no-ttl >&2
}

# The engine still has what it has just built: without this there would be nothing to pull.
forget_image() {
  local images
  mapfile -t images < <(docker image ls --all --no-trunc --format '{{.Repository}} {{.ID}}' |
    awk -v host="$host/" 'index($1, host) == 1 { print $2 }' | sort -u)
  [[ ${#images[@]} -eq 0 ]] || docker image rm --force "${images[@]}" >/dev/null
}

install_pak() {
  step "mp-install: what a Cloud Proxy does with the pak"
  "$mp_install" "$pak" --connection "$sample/connections.example.json" | tee "$work/installed" >&2
}

show_result() {
  local reference
  reference=$(awk '$1 == "image" { print $2 }' "$work/installed")
  printf '\npak        %s\ndigest     %s\npulled     %s, without credentials\ncollected  %s objects\n' \
    "$pak" "${reference#*@}" "$reference" "$(awk '$1 == "total" { print $2 }' "$work/installed")"
}

new_password() { head -c 18 /dev/urandom | base64; }

# Where the engine is the user's own, nothing ends by itself.
cleanup() {
  if [[ $1 -ne 0 && $1 -ne 130 && -s $work/berth.log ]]; then
    printf '\nLast lines of the log of berth:\n' >&2
    tail -n 20 "$work/berth.log" >&2
  fi
  [[ -n ${berth_process:-} ]] || return 0
  forget_image
  kill "$berth_process" 2>/dev/null || true
  wait "$berth_process" 2>/dev/null || true
}

main prepare chain
