# shellcheck shell=bash
# Sourced: programs that only newer Debian releases have. They are unpacked below artifacts/, and nothing of the system changes for them.
: "${work?is set by main.sh}"

# newer_unpack SUITE PACKAGE DIRECTORY: unpacks a package of that release there, and says its version on standard output.
newer_unpack() {
  newer_prepare "$1" || return 1
  mkdir -p "$work/apt/$2" "$3"
  (cd "$work/apt/$2" && newer_apt download "$2") >>"$work/apt.log" 2>&1 || return 1
  dpkg-deb --extract "$work/apt/$2/$2"_*.deb "$3"
  dpkg-deb --field "$work/apt/$2/$2"_*.deb Version | sed 's/^[0-9]*://; s/[-+].*//'
}

# An apt with lists, cache and sources of its own. It checks signatures as the machine's does, with the keys of Debian's archive.
newer_prepare() {
  [[ ${newer_suite:-} != "$1" ]] || return 0
  local mirror
  mirror=$(newer_mirror)
  [[ -n $mirror ]] || return 1
  mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial"
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$mirror" "$1" /usr/share/keyrings/debian-archive-keyring.gpg >"$work/apt/debian.sources"
  if ! newer_apt update >>"$work/apt.log" 2>&1; then
    note "the list of packages of Debian $1 cannot be had"
    return 1
  fi
  newer_suite=$1
}

# The mirror that this machine takes Debian from; nothing on another distribution.
newer_mirror() {
  type -P apt-get >/dev/null || return 0
  newer_ask_mirror | grep . && return
  if apt-get update >>"$work/apt.log" 2>&1; then newer_ask_mirror; fi
}

newer_ask_mirror() {
  # shellcheck disable=SC2016 # the names are apt's, not the shell's
  apt-get indextargets --format '$(ORIGIN) $(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v release="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" '$1 == "Debian" && $2 == release { print $3; exit }'
}

newer_apt() {
  apt-get -o Dir::State::lists="$work/apt/lists" -o Dir::Cache="$work/apt" -o Dir::Etc::sourcelist="$work/apt/debian.sources" \
    -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=- -o Acquire::Languages=none \
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o APT::Sandbox::User=root "$@"
}
