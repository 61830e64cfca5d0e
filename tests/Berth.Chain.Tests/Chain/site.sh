#!/usr/bin/env bash
# The first process of a Site: covers with mounts what an engine and its clients write outside the directories that they are given, gives the
# network an address that is not loopback, and starts an engine. Says "ready" and stays.
#   SITE, SITE_ADDRESS, SITE_CGROUP: directory with the file hosts, address that it names, control group of the containers
#   BERTH_ENGINE_OPTIONS: more options of the engine
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
for directory in /run /var/lib /etc/docker; do mount -t tmpfs tmpfs "$directory"; done
mount --bind "$SITE/hosts" /etc/hosts
ip link set lo up
ip address add "$SITE_ADDRESS/32" dev lo
# shellcheck disable=SC2086 # several words
dockerd --host "unix://$SITE/docker.sock" --data-root "$SITE/engine" --exec-root /run/docker --pidfile /run/docker.pid \
  --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "$SITE_CGROUP" ${BERTH_ENGINE_OPTIONS:-} >"$SITE/engine.log" 2>&1 &
engine=$!
until docker --host "unix://$SITE/docker.sock" version >/dev/null 2>&1; do
  kill -0 "$engine" || { tail -n 20 "$SITE/engine.log" >&2; exit 1; }
  sleep 0.2
done
echo ready
wait
