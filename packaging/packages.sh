# SPDX-FileCopyrightText: 2026 The Countersign authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by packaging/run and packaging/test: which Debian packages are needed, and how they are installed.

build_packages="cmake ninja-build g++ ccache mold
qt6-base-dev libqt6sql6-sqlite qt6-svg-dev libqt6svg6 qt6-httpserver-dev qt6-tools-dev qt6-l10n-tools qt6-tools-dev-tools
qtkeychain-qt6-dev qcoro-qt6-dev libexpected-dev libssl-dev libsqlite3-dev libxcb1-dev"
run_packages="libsecret-1-0 xvfb fonts-dejavu-core fonts-noto-core xauth"
test_packages="binutils dbus gnome-keyring dunst trayer at-spi2-core xdotool sqlite3 procps"

# ensure_packages PACKAGE...: installs what is missing; asks first unless root.
ensure_packages() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed \
            || missing="$missing $package"
    done
    # npm comes with some Node.js installations that conflict with Debian's own package.
    if [ -n "${need_npm:-}" ] && ! command -v npm >/dev/null; then
        missing="$missing npm"
    fi
    [ -z "$missing" ] && return 0
    echo "These Debian packages are needed and missing:$missing"
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    else
        as_root=sudo
        command -v sudo >/dev/null || {
            echo "Install them as root, then start this again: apt-get install --no-install-recommends$missing" >&2
            return 1
        }
        [ -t 0 ] || {
            echo "There is no terminal to ask on. Install them, then start this again:" >&2
            echo "  sudo apt-get install --no-install-recommends$missing" >&2
            return 1
        }
        printf 'Install them now with sudo apt-get? [y/N] '
        read -r answer
        case "$answer" in
            y | Y | yes) ;;
            *) echo "Nothing was installed." >&2; return 1 ;;
        esac
    fi
    # shellcheck disable=SC2086 # words on purpose
    $as_root apt-get update -qq \
        && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
