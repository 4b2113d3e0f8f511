#!/usr/bin/env bash
# Tries a command on a bare Debian 12 that has only python3, python3-pip and certificates.
#
#   tools/bare_debian.sh ./sutura --help
#   tools/bare_debian.sh sh -c './sutura init --demo && ./sutura test tests/laws'
#
# Needs root and debootstrap. The base system is made once in SUTURA_BARE (default /var/tmp/sutura-bare); each run
# gets a fresh copy of it and of this tree. MIRROR names the Debian mirror; without it the machine's own sources say.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
keep=${SUTURA_BARE:-/var/tmp/sutura-bare}
base=$keep/base
run=$keep/run.$$

mirror_of_this_machine() {
    { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
        sed -n -E 's/^URIs:[[:space:]]*([^ ]+\/debian)\/?$/\1/p; s/^deb (\[[^]]*\] )?([^ ]+\/debian)\/? .*/\2/p' |
        head -n 1
}

leave() {
    umount "$run/dev/shm" 2>/dev/null || true
    umount "$run/proc" 2>/dev/null || true
    if mountpoint -q "$run/proc" 2>/dev/null; then
        echo "bare_debian: $run/proc is still mounted; nothing is removed" >&2
    else
        rm -rf --one-file-system "$run"
    fi
}

if [ ! -e "$base/.made" ]; then
    mirror=${MIRROR:-$(mirror_of_this_machine)}
    echo "── a bare Debian from $mirror" >&2
    rm -rf --one-file-system "$base"
    mkdir -p "$base"
    # Only what the README asks for: python3 and python3-pip, without what they merely recommend.
    debootstrap --variant=minbase --include=python3,python3-pip,ca-certificates bookworm "$base" "$mirror" >&2
    touch "$base/.made"
fi

trap leave EXIT
mkdir -p "$run"
cp -a "$base/." "$run/"
mount -t proc proc "$run/proc"
mkdir -p "$run/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$run/dev/shm"
for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
    if [ -e "$file" ]; then cp -L "$file" "$run$file"; fi
done

mkdir -p "$run/opt/sutura"
(cd "$here" && git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do if [ -e "$file" ]; then printf '%s\0' "$file"; fi; done |
    tar --null -T - -cf -) | tar -xf - -C "$run/opt/sutura"

# The proxy and the certificate of this machine's network, and nothing else of its environment.
passed=(HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin PIP_DEFAULT_TIMEOUT=120)
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY PIP_CERT PIP_INDEX_URL LANG SUTURA_LANG; do
    if [ -n "${!name:-}" ]; then passed+=("$name=${!name}"); fi
done
if [ "$#" -eq 0 ]; then set -- ./sutura --help; fi
env -i "${passed[@]}" chroot "$run" sh -c 'cd /opt/sutura && exec "$@"' sh "$@"
