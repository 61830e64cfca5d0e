# shellcheck shell=bash
# Sourced: other people's registry clients, which the tests in tests/Berth.Clients.Tests use. Those that this Debian has are installed;
# those that only newer Debian releases have are unpacked below artifacts/clients, and nothing of the system changes for them.
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
  local mirror
  mirror=$(clients_mirror)
  [[ -n $mirror ]] || return 0
  step "Unpacking clients from Debian $1"
  clients_apt_prepare "$mirror" "$1"
  if ! clients_apt update >>"$work/apt.log" 2>&1; then
    note "its list of packages cannot be had"
    return 0
  fi
  local client
  for client in $(clients_missing); do clients_unpack "$client" || note "$client: not in $1"; done
}

# The mirror that this machine takes Debian from; nothing on another distribution.
clients_mirror() {
  type -P apt-get >/dev/null || return 0
  clients_ask_mirror | grep . && return
  if apt-get update >>"$work/apt.log" 2>&1; then clients_ask_mirror; fi
}

clients_ask_mirror() {
  # shellcheck disable=SC2016 # the names are apt's, not the shell's
  apt-get indextargets --format '$(ORIGIN) $(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v release="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" '$1 == "Debian" && $2 == release { print $3; exit }'
}

# An apt with lists, cache and sources of its own. It checks signatures as the machine's does, with the keys of Debian's archive.
clients_apt_prepare() {
  mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial"
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$1" "$2" /usr/share/keyrings/debian-archive-keyring.gpg >"$work/apt/debian.sources"
}

clients_apt() {
  apt-get -o Dir::State::lists="$work/apt/lists" -o Dir::Cache="$work/apt" -o Dir::Etc::sourcelist="$work/apt/debian.sources" \
    -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=- -o Acquire::Languages=none \
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o APT::Sandbox::User=root "$@"
}

# A program that does not start, because it needs newer libraries than there are, is as good as none.
clients_unpack() {
  local into=$work/apt/$1
  mkdir -p "$into" "$clients_directory/bin" "$clients_directory/versions"
  (cd "$into" && clients_apt download "$1") >>"$work/apt.log" 2>&1 || return 1
  dpkg-deb --extract "$into/$1"_*.deb "$into/root"
  timeout 20 "$into/root/usr/bin/$1" --help >/dev/null 2>&1 || return 1
  dpkg-deb --field "$into/$1"_*.deb Version | sed 's/^[0-9]*://; s/[-+].*//' >"$clients_directory/versions/$1"
  mv "$into/root/usr/bin/$1" "$clients_directory/bin/$1"
}

# Inside the engine's namespaces: an address for TLS that the engine does not trust blindly, as it does loopback addresses.
clients_network() {
  [[ -n ${BERTH_ENGINE_WORK:-} ]] || return 0
  ip address add 192.0.2.1/32 dev lo
  export BERTH_CLIENTS_TLS_ADDRESS=192.0.2.1
}
