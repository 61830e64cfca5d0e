# shellcheck shell=bash
# Sourced: what the scripts say, and how they give up.

step() { printf '\n==> %s\n' "$*" >&2; }

note() { printf '    %s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# quietly LOG COMMAND…: the output goes to the log, and is shown only when the command fails.
quietly() {
  local log=$1
  shift
  "$@" >>"$log" 2>&1 && return
  printf '\nFailed: %s\nLast lines of its output:\n' "$*" >&2
  tail -n 40 "$log" >&2
  return 1
}
