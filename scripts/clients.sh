# shellcheck shell=bash
# Sourced: other people's registry clients, which the tests in tests/Berth.Clients.Tests use. Those that this Debian has are installed;
# those that only newer Debian releases have are unpacked below artifacts/clients.
: "${work?is set by main.sh}"

clients_directory=$PWD/artifacts/clients
# The first one that has them all. Version 1.2 of oras, in Debian 13, crashes when two of its uploads are refused at once.
clients_suites=(forky sid)
clients_unpacked=(crane oras cosign notation)

# Makes sure that the clients are there, as far as they can be had, and says which cannot.
clients_prepare() {
  ensure_packages skopeo:skopeo podman:podman buildah:buildah containerd:containerd umoci:umoci iproute2:ip
  local suite client
  for suite in "${clients_suites[@]}"; do
    if [[ -n $(clients_missing) ]]; then clients_unpack_from "$suite"; fi
  done
  for client in $(clients_missing); do note "$client: not available here"; done
}

clients_missing() {
  local client
  for client in "${clients_unpacked[@]}"; do
    [[ -x $clients_directory/bin/$client ]] || type -P "$client" >/dev/null || echo "$client"
  done
}

clients_unpack_from() {
  local client
  step "Unpacking clients from Debian $1"
  for client in $(clients_missing); do clients_unpack "$1" "$client" || note "$client: not in $1"; done
}

# A program that does not start, because it needs newer libraries than there are, is as good as none.
clients_unpack() {
  local root=$work/clients/$1/$2 version
  version=$(newer_unpack "$1" "$2" "$root") || return 1
  timeout 20 "$root/usr/bin/$2" --help >/dev/null 2>&1 || return 1
  mkdir -p "$clients_directory/bin" "$clients_directory/versions"
  echo "$version" >"$clients_directory/versions/$2"
  mv "$root/usr/bin/$2" "$clients_directory/bin/$2"
}

# Inside the engine's namespaces: an address for TLS that the engine does not trust blindly, as it does loopback addresses.
clients_network() {
  [[ -n ${BERTH_ENGINE_WORK:-} ]] || return 0
  ip address add 192.0.2.1/32 dev lo
  export BERTH_CLIENTS_TLS_ADDRESS=192.0.2.1
}
