# shellcheck shell=bash
# Sourced: a Docker Engine to work with. The one that answers, or one of our own.
#
# Our own engine lives in network, mount and process namespaces that it shares only with the rest of the script: when the
# script ends, its bridge, its packet filter rules, its mounts and every process it started end with them.
# Nothing in there reaches a network, so whatever has to be downloaded must have been downloaded before.
: "${work?is set by main.sh}"

engine_newer_suite=forky
engine_newer=$PWD/artifacts/engine/$engine_newer_suite

# Points DOCKER_HOST at the engine that a docker command would use, if one answers.
engine_answers() {
  type -P docker >/dev/null || return 1
  local host=${DOCKER_HOST:-}
  [[ -n $host ]] || host=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) || return 1
  DOCKER_HOST=$host timeout 20 docker version >/dev/null 2>&1 || return 1
  [[ $host == unix://* ]] ||
    die "the Docker Engine at $host is on another machine and could not pull from a registry on this one; unset DOCKER_HOST"
  export DOCKER_HOST=$host
}

# Says what is missing, or makes sure that engine_run can start an engine.
engine_prepare() {
  if engine_answers; then
    note "Docker Engine: $DOCKER_HOST"
    return
  fi
  unset DOCKER_HOST
  [[ $(uname -s) == Linux ]] || die "no Docker Engine answers: start one"
  [[ $EUID -eq 0 ]] || die "no Docker Engine answers: start one, or run this as root so that it can start one of its own"
  ensure_packages docker.io:dockerd iptables:iptables iproute2:ip mount:mount util-linux:unshare util-linux:setpriv
  # Debian has the command line in a package of its own since version 13.
  ensure_packages docker-cli:docker
  unshare --net --mount --pid --fork --mount-proc true 2>/dev/null ||
    die "no Docker Engine answers, and namespaces for one of our own are not permitted here: start an engine"
  note "Docker Engine: none answers, so one of our own runs until the end"
}

# engine_run FUNCTION: runs it with the engine that answers; or starts the script again, inside the namespaces, which then calls
# engine_inside FUNCTION. A script that is not at the top of the checkout says in $script where it is.
engine_run() {
  if [[ -n ${DOCKER_HOST:-} ]]; then
    "$1"
    return
  fi
  local status=0 etc_docker=
  # Where an older engine writes a key of its own; in the namespace it is covered by a mount.
  if [[ ! -d /etc/docker ]]; then
    mkdir /etc/docker
    etc_docker=made
  fi
  setpriv --pdeathsig KILL unshare --net --mount --pid --fork --kill-child --mount-proc \
    env BERTH_ENGINE_WORK="$work" "${script:-$PWD/$(basename "$0")}" &
  engine_namespace=$!
  wait "$engine_namespace" || status=$?
  engine_namespace=
  [[ -z $etc_docker ]] || rmdir /etc/docker
  engine_remove_cgroups
  return "$status"
}

# Ends the namespaces and with them everything inside, when the script is interrupted.
engine_stop() {
  [[ -z ${engine_namespace:-} ]] || kill -KILL "$engine_namespace" 2>/dev/null || true
}

engine_inside() {
  ip link set lo up
  # What the engine and other clients write outside the directories that they are given.
  local directory
  for directory in /run /var/lib /etc/docker; do mount -t tmpfs tmpfs "$directory"; done
  # mp-install writes into the hosts file for the time of a pull.
  cp /etc/hosts "$work/hosts"
  mount --bind "$work/hosts" /etc/hosts
  mkdir -p "$work/engine"
  export DOCKER_HOST=unix://$work/engine/docker.sock
  engine_start
  "$1"
}

engine_start() {
  # shellcheck disable=SC2086 # the options are several words
  PATH=$PATH:/usr/sbin:/sbin dockerd --host "$DOCKER_HOST" --data-root "$work/engine/data" \
    --exec-root /run/docker --pidfile /run/docker.pid \
    --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$(engine_cgroup)" ${BERTH_ENGINE_OPTIONS:-} >"$work/engine/log" 2>&1 &
  engine_process=$!
  engine_wait "$engine_process"
}

engine_wait() {
  local attempt
  for ((attempt = 0; attempt < 300; attempt++)); do
    if docker version >/dev/null 2>&1; then return; fi
    kill -0 "$1" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$work/engine/log" >&2
  die "the Docker Engine did not start; its last lines are above"
}

# A newer engine, which keeps its images in containerd: one that is installed may be too old for that.
engine_newer_prepare() {
  [[ -z ${DOCKER_HOST:-} && ! -x $engine_newer/dockerd ]] || return 0
  local package
  step "Unpacking a newer Docker Engine from Debian $engine_newer_suite"
  for package in docker.io containerd; do
    newer_unpack "$engine_newer_suite" "$package" "$work/newer" >/dev/null || die "$package cannot be had from Debian $engine_newer_suite"
  done
  mkdir -p "$engine_newer"
  mv "$work"/newer/usr/bin/containerd{,-shim-runc-v2} "$work"/newer/usr/sbin/docker{-proxy,d} "$engine_newer"
}

# engine_newer_run FUNCTION: in place of the engine that runs in these namespaces. Not where somebody else's engine is used.
engine_newer_run() {
  [[ -n ${engine_process:-} ]] || return 0
  kill "$engine_process"
  wait "$engine_process" || true
  mv "$work/engine/data" "$work/engine/earlier"
  # Engines that tests start themselves are such ones too.
  export PATH=$engine_newer:$PATH BERTH_ENGINE_OPTIONS="--feature containerd-snapshotter=true"
  engine_start
  "$1"
}

engine_cgroup() { echo "berth-$(basename "$work" | tr -cd '[:alnum:]')"; }

engine_remove_cgroups() {
  find /sys/fs/cgroup -depth -type d -path "*/$(engine_cgroup)*" -exec rmdir {} + 2>/dev/null || true
}
