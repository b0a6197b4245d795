#!/bin/sh
# Invokes the smallest function there is at the machine's capacity and shows what came of it, and how the process grew.
# Beside it, in the same run: the liveness probe, an endpoint of the same server that does next to nothing, and, where
# PEER is set to its address, workerd with a fresh instance per request (workerd/config.capnp).
#
# Needs wrk and curl (Debian: apt-get install wrk curl), and a Mayfly on this machine without API keys:
#
#   java -Xms1g -Xmx1g -XX:+AlwaysPreTouch -jar target/mayfly.jar --server.port=18080 --mayfly.data-dir="$(mktemp -d)" &
#   src/test/load/invoke.sh $! http://127.0.0.1:18080
#
# Usage: invoke.sh PROCESS URL [SECONDS [CONNECTIONS]]
set -eu

process=${1:?the id of the process that runs Mayfly}
url=${2:?where it listens}
seconds=${3:-60}
connections=${4:-8}
report=$(dirname "$0")/report.lua
smallest=$(dirname "$0")/workerd/smallest.wasm # (module (func (export "_start")))

usage() {
  printf '%-18s resident %4d MiB, %3d threads, %3d descriptors\n' "$1:" \
    "$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$process/status")" \
    "$(awk '/^Threads/ { print $2 }' "/proc/$process/status")" \
    "$(find "/proc/$process/fd" -type l 2>/dev/null | wc -l)"
}

load() { # method, url, seconds
  METHOD=$1 wrk --threads 1 --connections "$connections" --duration "$3s" --script "$report" "$2"
}

curl --fail-with-body --silent --show-error --output /dev/null --header 'Content-Type: application/wasm' \
  --data-binary "@$smallest" "$url/v1/functions/load/versions"

usage 'start'
load POST "$url"/v1/functions/load/invocations 20 >/dev/null # the JVM's compiler gets to know the path
load GET "$url"/actuator/health/liveness 10 >/dev/null
usage 'warm'
echo "-- invocations, $connections connections, $seconds s"
load POST "$url"/v1/functions/load/invocations "$seconds" | grep '^result'
usage 'after invocations'
echo "-- liveness probe, $connections connections, 10 s"
load GET "$url"/actuator/health/liveness 10 | grep '^result'
if [ -n "${PEER:-}" ]; then
  load POST "$PEER" 10 >/dev/null
  echo "-- workerd, $connections connections, 10 s"
  load POST "$PEER" 10 | grep '^result'
fi

curl --fail-with-body --silent --show-error --request DELETE "$url/v1/functions/load"
