#!/usr/bin/env bash
# Compiles the adapter and puts the root file system of its image into bin/: the executable, and what it loads when it runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if [[ $(uname -s)-$(uname -m) != Linux-x86_64 ]]; then
  echo "publish.sh: the platform runs adapters on linux/amd64, and native code is compiled only for the machine it is compiled on:" \
    "run this on 64-bit x86 Linux" >&2
  exit 1
fi

# The TLS library is loaded by name at run time, so the linker does not list it among what the executable needs.
tls=$(/sbin/ldconfig -p | awk '/libssl\.so\.3 .*x86-64/ { print $NF; exit }')
if [[ -z $tls ]]; then
  echo "publish.sh: libssl.so.3 is missing: apt-get install libssl3" >&2
  exit 1
fi

rm -rf bin
dotnet publish adapter --configuration Release --runtime linux-x64 --output bin "$@"

# The platform puts its TLS pair into etc/ssl/certs.
mkdir -p bin/lib bin/lib64 bin/etc/ssl/certs
cp -L "$tls" bin/lib/
ldd bin/hostwatch "$tls" | awk '$2 == "=>" { print $3 }' | sort -u | xargs cp -L --target-directory bin/lib
cp -L /lib64/ld-linux-x86-64.so.2 bin/lib64/
chmod -R u=rwX,go=rX bin
