#!/usr/bin/env bash
# Every client against Berth: pushes, pulls, copies, signs and deletes with each, and writes what came of it to docs/clients.md.
# Does its own set-up on a fresh Debian with the .NET SDK; leaves nothing behind but installed packages and artifacts/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/main.sh
source scripts/main.sh
# shellcheck source=scripts/clients.sh
source scripts/clients.sh

project=Berth.Clients.Tests

prepare() {
  step "Checking what is needed"
  require_dotnet
  engine_prepare
  clients_prepare
  build_environment
  step "Building"
  quietly "$work/build.log" dotnet build "tests/$project" --configuration Release
}

run_clients() {
  step "Running the clients"
  clients_network
  BERTH_CLIENTS_TABLE=$PWD/docs/clients.md timeout --kill-after=10 900 \
    "artifacts/bin/$project/release/$project" -noLogo -noColor -failSkips
  note "docs/clients.md is written"
}

main prepare run_clients
