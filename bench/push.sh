#!/usr/bin/env bash
# An image of 1 GB in 8 layers, half of them compressible and half random, pushed by `docker push` and by mp-build's own push to the same
# registry: to Berth and to Debian's docker-registry (distribution 2.8). Rounds alternate; each push goes to a repository of its own on a
# registry that was started empty, and is pulled back without a login afterwards, every blob of it. Prints the table of docs/benchmarks.md.
# Installs what is missing (as root), leaves nothing behind but installed packages. Wants 12 GB of disk below the temporary directory.
#   ROUNDS=3      how often each is measured
#   MEGABYTES=1000
#   BERTH_FILE=…  an executable to push to instead of publishing this source
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
script=$PWD/bench/push.sh
# shellcheck source=scripts/main.sh
source scripts/main.sh

rounds=${ROUNDS:-3}
megabytes=${MEGABYTES:-1000}
layers=8
image=berth-bench/push:1
push=artifacts/bin/Berth.PushBench/release/Berth.PushBench
password="push bench password"
server=

prepare() {
  step "Checking what is needed"
  require_dotnet
  local words
  read -ra words < <(native_packages)
  ensure_packages "${words[@]}" docker-registry:docker-registry skopeo:skopeo curl:curl
  engine_prepare
  build_environment
  step "Building"
  quietly "$work/build.log" dotnet build bench/Berth.PushBench --configuration Release
  mkdir -p "$work/berth"
  if [[ -n ${BERTH_FILE:-} ]]; then cp "$BERTH_FILE" "$work/berth/berth"; else publish_native src/Berth.Server "$work/berth"; fi
  make_content
}

# Even layers: libraries and programs of this machine. Odd layers: random bytes.
make_content() {
  step "Making $megabytes MB of content"
  local each=$((megabytes * 1000 * 1000 / layers)) i
  mkdir -p "$work/image"
  # Whoever reads less than all of it ends the pipe; that is no failure here.
  { find /usr/lib /usr/share/dotnet /usr/bin -xdev -type f -size +16k -print0 2>/dev/null | sort -z |
    xargs -0 cat 2>/dev/null || true; } | head -c $((each * layers / 2)) >"$work/found" || true
  [[ $(stat -c %s "$work/found") -eq $((each * layers / 2)) ]] || die "this machine has too few programs for $megabytes MB"
  echo 'FROM scratch' >"$work/image/Dockerfile"
  for ((i = 0; i < layers; i++)); do
    if ((i % 2)); then
      head -c "$each" /dev/urandom >"$work/image/$i"
    else
      tail -c +$(((i / 2) * each + 1)) "$work/found" | head -c "$each" >"$work/image/$i" || true
    fi
    echo "COPY $i /data/$i" >>"$work/image/Dockerfile"
  done
  rm "$work/found"
}

measure() {
  export DOCKER_CONFIG=$work/docker
  step "Building the image"
  DOCKER_BUILDKIT=0 quietly "$work/build.log" docker build --tag "$image" "$work/image"
  trap 'stop_registry; forget' EXIT
  local round kind
  : >"$work/times"
  for ((round = 1; round <= rounds; round++)); do
    for kind in Berth distribution; do
      # Nobody is always first.
      if ((round % 2)); then
        one "$kind" docker "$round"
        one "$kind" ours "$round"
      else
        one "$kind" ours "$round"
        one "$kind" docker "$round"
      fi
    done
  done
  report
}

# one REGISTRY PUSHER ROUND: starts the registry empty, pushes, pulls back, stops it.
one() {
  "start_$1"
  local target=$host/bench/$2 began took reference
  began=$(now_ms)
  if [[ $2 == docker ]]; then
    docker tag "$image" "$target:$3"
    quietly "$work/push.log" docker push "$target:$3"
    reference=$target:$3
  else
    BERTH_PUSH_USER=pusher BERTH_PUSH_PASSWORD=$password "$push" "$image" "$target" >"$work/ours"
    reference=$target@$(awk '{ print $2 }' "$work/ours")
  fi
  took=$(($(now_ms) - began))
  note "round $3: $1, $2: $took ms"
  echo "$1 $2 $took" >>"$work/times"
  if [[ $2 == ours ]]; then again "$1" "$target"; fi
  pull_back "$reference"
  [[ $2 != docker ]] || docker image rm "$target:$3" >/dev/null
  stop_registry
}

# The same once more: nothing has changed, nothing may be sent.
again() {
  local said
  said=$(BERTH_PUSH_USER=pusher BERTH_PUSH_PASSWORD=$password "$push" "$image" "$2")
  [[ $said == *' uploaded 0 '* ]] || die "a repeated push sent something: $said"
  echo "$1 again $(awk '{ printf "%d", $1 * 1000 }' <<<"$said")" >>"$work/times"
}

pull_back() {
  rm -rf "$work/back"
  quietly "$work/pull.log" skopeo copy --insecure-policy --src-no-creds --src-tls-verify=false "docker://$1" "dir:$work/back"
  rm -rf "$work/back"
}

start_Berth() {
  rm -rf "$work/store"
  : >"$work/server.log"
  BERTH_ADMIN_PASSWORD=$password "$work/berth/berth" serve --data "$work/store" --listen http://127.0.0.1:0 >"$work/server.log" 2>&1 &
  server=$!
  wait_for 's|^berth is serving http://\([^ ]*\) .*|\1|p'
  printf '%s\n' "$password" | quietly "$work/user.log" "$work/berth/berth" user add pusher --password-stdin --data "$work/store"
  printf '%s' "$password" | quietly "$work/user.log" docker login --username pusher --password-stdin "$host"
}

start_distribution() {
  rm -rf "$work/store"
  : >"$work/server.log"
  cat >"$work/registry.yml" <<END
version: 0.1
log: {level: info, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $work/store}, cache: {blobdescriptor: inmemory}}
http: {addr: '127.0.0.1:0'}
END
  docker-registry serve "$work/registry.yml" >"$work/server.log" 2>&1 &
  server=$!
  wait_for 's|.*listening on \(127\.0\.0\.1:[0-9]*\).*|\1|p'
}

wait_for() {
  local attempt
  for ((attempt = 0; attempt < 200; attempt++)); do
    host=$(sed -n "$1" "$work/server.log" | head -n 1)
    [[ -z $host ]] || return 0
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$work/server.log" >&2
  die "the registry did not start; its last lines are above"
}

stop_registry() {
  [[ -z $server ]] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  server=
  rm -rf "$work/store"
}

forget() { docker image rm --force "$image" >/dev/null 2>&1 || true; }

now_ms() { echo $(($(date +%s%N) / 1000000)); }

median() { awk -v who="$1 $2" '$1 " " $2 == who { print $3 }' "$work/times" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# The median of the rounds' own ratios: each is of two pushes that followed one another.
ratio() {
  awk -v who="$1" '$1 == who && $2 != "again" { t[$2, ++n[$2]] = $3 } END { for (i = 1; i <= n["ours"]; i++) print t["ours", i] / t["docker", i] }' \
    "$work/times" | sort -n | awk '{ v[NR] = $1 } END { printf "%.2f", v[int((NR + 1) / 2)] }'
}

report() {
  echo "| registry | docker push, s | mp-build, s | mp-build to docker push | target | unchanged image again, s |"
  echo "|---|---:|---:|---:|---|---:|"
  local kind value
  for kind in Berth distribution; do
    value=$(ratio "$kind")
    awk -v k="$kind" -v d="$(median "$kind" docker)" -v o="$(median "$kind" ours)" -v a="$(median "$kind" again)" -v r="$value" 'BEGIN {
      printf "| %s | %.1f | %.1f | %s × | ≤ 1.0 × %s | %.2f |\n", k, d / 1000, o / 1000, r, (r <= 1 ? "hit" : "miss"), a / 1000 }'
  done
}

main prepare measure
