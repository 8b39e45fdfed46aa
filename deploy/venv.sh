#!/bin/sh
# Brings .venv up to date with the lock file: `venv.sh up` to run, `venv.sh test` to test as well.
# Does nothing when it is. PYTHON= chooses the interpreter; else the newest one that is new enough.
set -eu
cd "$(dirname "$0")/.."
level=${1:-up}

fail() { echo "liandong: $*" >&2; exit 1; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        command -v "$PYTHON" >/dev/null || fail "PYTHON=$PYTHON: there is no such program"
        new_enough "$PYTHON" || fail "Python 3.11 or newer is needed; PYTHON=$PYTHON is $(version "$PYTHON" || echo broken)"
        echo "$PYTHON"
        return
    fi
    for python in python3.13 python3.12 python3.11 python3; do
        if new_enough "$python"; then echo "$python"; return; fi
    done
    fail "Python 3.11 or newer is needed; python3 is $(version python3 || echo missing). Set PYTHON= to a newer one."
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        package="python$(version "$python")-venv"      # Debian keeps these modules apart from Python
        if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
            echo "Installing $package ..." >&2
            (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package") >/dev/null \
                || fail "apt-get could not install $package"
        else
            fail "$python has no venv module; install it first (on Debian or Ubuntu: apt-get install $package)"
        fi
    fi
    rm -rf .venv
    "$python" -m venv .venv || fail "$python could not make .venv"
}

case $level in
    up) lock=requirements.lock ;;
    test) lock=requirements-test.lock ;;
    *) fail "venv.sh up|test" ;;
esac

# The stamp: where it was made (a moved .venv is broken), which locks, and whether the test tools are in it.
place=$(pwd)
locks=$(cat requirements.lock requirements-test.lock pyproject.toml sdk/python/pyproject.toml | cksum)
stamp=.venv/stamp
had_place='' had_locks='' had_level=''
if [ -e $stamp ]; then
    { read -r had_place; read -r had_locks; read -r had_level; } < $stamp || true
fi

if ! new_enough .venv/bin/python \
    || { [ -n "$had_place" ] && [ "$had_place" != "$place" ]; } \
    || { [ -n "${PYTHON:-}" ] && [ "$(version .venv/bin/python)" != "$(version "$PYTHON")" ]; }
then
    make_venv
    had_locks=''
fi
if [ "$had_locks" = "$locks" ] && { [ "$had_level" = "$level" ] || [ "$had_level" = test ]; }; then
    exit 0
fi

echo "Installing the locked dependencies into .venv ..." >&2
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
.venv/bin/python -m pip install -q --require-hashes -r "$lock" \
    || fail "the dependencies in $lock could not be installed (see above)"
.venv/bin/python -m pip install -q --no-deps --no-build-isolation -e . \
    || fail "Liandong itself could not be installed into .venv (see above)"
if [ "$level" = test ]; then        # the client kit is the agencies': the suite does not need it
    .venv/bin/python -m pip install -q --no-deps --no-build-isolation -e sdk/python \
        || fail "the client kit could not be installed into .venv (see above)"
fi
printf '%s\n%s\n%s\n' "$place" "$locks" "$level" > $stamp
