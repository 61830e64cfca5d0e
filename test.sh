#!/usr/bin/env bash
# Every test there is, on a fresh Debian or Ubuntu with the .NET SDK: installs what is missing (as root), builds everything, publishes
# the executables as they ship, and runs all test projects with a real Docker Engine. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/main.sh
source scripts/main.sh
# shellcheck source=scripts/clients.sh
source scripts/clients.sh

native=$PWD/artifacts/native
passed=0
failed=0

prepare() {
  step "Checking what is needed"
  require_dotnet
  local words
  read -ra words < <(native_packages)
  # The other clients, and another registry, that Berth is tested with.
  ensure_packages "${words[@]}" skopeo:skopeo podman:podman docker-registry:docker-registry apache2-utils:htpasswd strace:strace nginx-light:nginx openssh-server:sshd \
    busybox-static:/var/lib/dpkg/info/busybox-static.list
  clients_prepare
  engine_prepare
  engine_newer_prepare
  build_environment
  step "Building"
  quietly "$work/build.log" dotnet build Berth.slnx --configuration Release
  step "Publishing native executables"
  publish_native src/Berth.Server "$native/berth"
  publish_native src/mp-build "$native/mp-build"
  publish_native src/mp-install "$native/mp-install"
  quietly "$work/build.log" samples/HostWatch/publish.sh
}

run_tests() {
  local project
  clients_network
  for project in tests/*.Tests/; do run_project "$(basename "$project")"; done
  engine_newer_run run_newer
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [[ $failed -eq 0 ]]
}

# What concerns images again, with an engine that keeps them in containerd.
run_newer() {
  run_project Berth.Packaging.Tests -trait needs=engine -trait- store=overlay2
  run_project Berth.Chain.Tests -class '*.DarkSiteTests' -class '*.RegistryFailureTests'
}

# run_project PROJECT OPTION…
run_project() {
  step "$1, Docker Engine $(docker version --format '{{.Server.Version}}')"
  local results=$work/$1.xml status=0
  BERTH_BIN=$native timeout --kill-after=10 900 \
    "artifacts/bin/$1/release/$1" "${@:2}" -noLogo -noColor -failSkips -result-xml "$results" || status=$?
  count "$1" "$results" "$status"
  rm -f "$results"
}

# count PROJECT RESULTS STATUS: a project that ran no test, or ended badly with no test to blame, counts as one failure.
count() {
  local ran=0 bad=0
  if [[ -s $2 ]]; then
    ran=$(attribute_sum passed "$2")
    bad=$(($(attribute_sum failed "$2") + $(attribute_sum errors "$2") + $(attribute_sum skipped "$2")))
  fi
  if [[ $bad -eq 0 && ($3 -ne 0 || $ran -eq 0) ]]; then
    note "$1 ended with status $3 after $ran tests"
    bad=1
  fi
  passed=$((passed + ran))
  failed=$((failed + bad))
}

attribute_sum() { grep -o "<assembly [^>]*" "$2" | grep -o " $1=\"[0-9]*" | awk -F '"' '{ sum += $2 } END { print sum + 0 }'; }

main prepare run_tests
