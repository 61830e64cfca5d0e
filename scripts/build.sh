# shellcheck shell=bash
# Sourced: building without a trace. The servers that the compiler and MSBuild would leave running are switched off; their temporary
# files go where the script's own go.
: "${work?is set by main.sh}"

build_environment() {
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false UseRazorBuildServer=false
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
  mkdir -p "$work/tmp"
  export TMPDIR=$work/tmp
}

# What native compilation links with.
native_packages() { echo clang:clang zlib1g-dev:/usr/include/zlib.h; }

# publish_native PROJECT DIRECTORY: one native executable, and nothing beside it.
publish_native() {
  rm -rf "$2"
  quietly "$work/build.log" dotnet publish "$1" --configuration Release --runtime linux-x64 --output "$2"
  local files
  mapfile -t files < <(find "$2" -type f)
  [[ ${#files[@]} -eq 1 && $(head -c 4 "${files[0]}" | tail -c 3) == ELF ]] ||
    die "publishing $1 should give one native executable, but gave: ${files[*]}"
  note "$(stat --format "%n: %s" "${files[0]}" | awk '{ printf "%s %.1f MB", $1, $2 / 1e6 }')"
}
