# shellcheck shell=bash
# Sourced: the frame of a script that needs a Docker Engine and leaves nothing behind.

# shellcheck source=scripts/console.sh
source scripts/console.sh

# Everything temporary lies below it; a script that runs inside the engine's namespaces shares the one of the script outside.
work=${BERTH_ENGINE_WORK:-}

# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/newer.sh
source scripts/newer.sh
# shellcheck source=scripts/engine.sh
source scripts/engine.sh
# shellcheck source=scripts/build.sh
source scripts/build.sh

# main PREPARE BODY: PREPARE may use the network; BODY has an engine. A function `cleanup STATUS`, if the script has one, is called last.
main() {
  if [[ -n $work ]]; then
    engine_inside "$2"
    return
  fi
  work=$(mktemp -d -t berth-XXXXXX)
  trap finish EXIT
  trap 'exit 130' INT TERM
  "$1"
  engine_run "$2"
}

finish() {
  local status=$?
  engine_stop
  remove_service_policy
  if declare -F cleanup >/dev/null; then cleanup "$status"; fi
  rm -rf "$work"
}
