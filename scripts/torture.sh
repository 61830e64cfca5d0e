# shellcheck shell=bash
# Sourced: the frame of the scripts that run tests/Berth.Torture against a native berth.

# shellcheck source=scripts/console.sh
source scripts/console.sh
work=$(mktemp -d -t berth-XXXXXX)
# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/build.sh
source scripts/build.sh

# torture COMMAND…: builds the harness, publishes berth unless BERTH_BIN names a directory with berth/berth, and runs it.
torture() {
  trap torture_end EXIT
  trap 'exit 130' INT TERM
  require_dotnet
  local words
  read -ra words < <(native_packages)
  ensure_packages "${words[@]}"
  local temporary=${TMPDIR:-/tmp}
  build_environment
  step "Building"
  quietly "$work/build.log" dotnet build tests/Berth.Torture --configuration Release
  if [[ -z ${BERTH_BIN:-} ]]; then
    publish_native src/Berth.Server "$work/bin/berth"
    export BERTH_BIN=$work/bin
  fi
  step "Running: $*"
  # Stores that show a violation are kept, and so do not go where this script's own files go.
  TMPDIR=$temporary artifacts/bin/Berth.Torture/release/Berth.Torture "$@"
}

torture_end() {
  remove_service_policy
  rm -rf "$work"
}
