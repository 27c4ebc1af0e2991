# Shared by the commands of this folder: system libraries, Python, pinned packages. Says what it does.
# Sourced, never run. Needs: $ROOT. Sets: $PYTHON (the project's own interpreter).

say() { printf '[%s] %s\n' "$COMMAND" "$*" >&2; }

# What a window needs on Debian 12, beyond its minimal installation.
LIBRARIES="libgl1 libegl1 libglib2.0-0 libxkbcommon0 libfontconfig1 libdbus-1-3
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1
  libxkbcommon-x11-0"
# What the tests look at documents with, and the screen that is not there.
TEST_TOOLS="gettext poppler-utils qpdf openssl strace softhsm2 xvfb libzbar0 at-spi2-core dbus-daemon gir1.2-atspi-2.0 python3-gi xdotool
  nsis"
# What the long tests need on top: a print queue of their own, an independent look at archivable documents, and a
# stand-in for Windows in which its setup is run.
LONG_TOOLS="cups cups-client printer-driver-cups-pdf default-jre-headless libpdfbox2-java libactivation-java
  libjaxb-api-java wine wine64"

# What the bundle is made with: Debian's own Python has its library in a package of its own.
BUNDLE_TOOLS="binutils xz-utils"

installed() {
  command -v dpkg-query >/dev/null 2>&1 || return 0 # not a Debian: the person knows better
  dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed'
}

need_packages() {
  missing=""
  for name in "$@"; do
    installed "$name" || missing="$missing $name"
  done
  [ -z "$missing" ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    say "These system packages are missing. As root, run this line, then start again:"
    printf '\n  apt-get update && apt-get install -y --no-install-recommends%s\n\n' "$missing" >&2
    exit 77
  fi
  say "Installing system packages:$missing"
  log=$(mktemp)
  if ! { DEBIAN_FRONTEND=noninteractive apt-get update &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "The system packages could not be installed. The lines above say why."
    exit 1
  fi
  rm -f "$log"
}

find_python() {
  for candidate in python3.11 python3.12 python3.13 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
      BASE_PYTHON=$candidate
      return 0
    fi
  done
  need_packages python3
  BASE_PYTHON=python3
}

make_environment() {
  venv="$ROOT/.venv"
  stamp="$venv/.requirements"
  wanted=$(sha256sum "$ROOT/requirements.lock" | cut -d' ' -f1)
  PYTHON="$venv/bin/python"
  if [ -x "$PYTHON" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi
  find_python
  if ! "$BASE_PYTHON" -c 'import ensurepip' 2>/dev/null; then
    need_packages python3-venv ca-certificates
  fi
  say "Installing the pinned Python packages into .venv (once; every file's hash is checked)"
  rm -rf "$venv"
  "$BASE_PYTHON" -m venv "$venv"
  if ! "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
    --only-binary :all: -r "$ROOT/requirements.lock"; then
    say "The Python packages could not be installed. The lines above say why."
    exit 1
  fi
  # The program by its name, for scripts and people: .venv/bin/lumbar-pathway
  printf '#!/bin/sh\nexec "%s" -P -c "import sys; sys.path.insert(0, %s); from desktop_app.__main__ import main; sys.exit(main())" "$@"\n' \
    "$PYTHON" "'$ROOT'" >"$venv/bin/lumbar-pathway"
  chmod +x "$venv/bin/lumbar-pathway"
  printf '%s\n' "$wanted" >"$stamp"
}
