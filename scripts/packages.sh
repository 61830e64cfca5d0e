# shellcheck shell=bash
# Sourced: the .NET SDK, which must be there, and Debian packages, which are installed when they are missing and that is allowed.
: "${work?is set by main.sh}"

service_policy=/usr/sbin/policy-rc.d

require_dotnet() {
  local wanted version
  wanted=$(sed -n 's/.*"version": *"\([0-9]*\)\..*/\1/p' global.json)
  version=$(dotnet --version 2>/dev/null) ||
    die "the .NET SDK $wanted is needed: https://dotnet.microsoft.com/download/dotnet/$wanted.0"
  [[ ${version%%.*} -ge $wanted ]] || die "the .NET SDK $wanted is needed, this is $version"
}

# missing_packages WORD…: each word is PACKAGE:COMMAND or PACKAGE:/FILE, what the package is wanted for. Prints the packages that lack it.
missing_packages() {
  local word have
  for word in "$@"; do
    have=${word#*:}
    if [[ $have == /* ]]; then
      [[ -e $have ]] || echo "${word%%:*}"
    else
      PATH=$PATH:/usr/sbin:/sbin type -P "$have" >/dev/null || echo "${word%%:*}"
    fi
  done | sort -u
}

# ensure_packages WORD…: installs what missing_packages names.
ensure_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [[ ${#missing[@]} -gt 0 ]] || return 0
  type -P apt-get >/dev/null || die "missing, and there is no apt-get to install it with: ${missing[*]}"
  [[ $EUID -eq 0 ]] || die "missing: ${missing[*]}. Install it with: sudo apt-get install ${missing[*]}"
  step "Installing Debian packages: ${missing[*]}"
  without_starting_services install_packages "${missing[@]}"
}

install_packages() {
  local log=$work/apt.log
  export DEBIAN_FRONTEND=noninteractive
  quietly "$log" apt-get update
  quietly "$log" apt-get install --yes --no-install-recommends "$@"
}

# Some packages start a service as soon as they are installed; these scripts must leave nothing running.
without_starting_services() {
  if [[ ! -e $service_policy ]]; then
    made_service_policy=yes
    printf '#!/bin/sh\nexit 101\n' >"$service_policy"
    chmod +x "$service_policy"
  fi
  "$@"
  remove_service_policy
}

remove_service_policy() {
  [[ -z ${made_service_policy:-} ]] || rm -f "$service_policy"
  made_service_policy=
}
