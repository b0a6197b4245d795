#!/bin/sh
# Invokes the smallest function there is at the machine's capacity and shows what came of it, and how the process grew.
# Beside it, in the same run: the liveness probe, which is what an endpoint of this server costs that does next to nothing.
#
# Needs wrk and curl (Debian: apt-get install wrk curl), and a Mayfly on this machine without API keys:
#
#   java -Xmx1g -jar target/mayfly.jar --server.port=18080 --mayfly.data-dir="$(mktemp -d)" &
#   src/test/load/invoke.sh $! http://127.0.0.1:18080
#
# Usage: invoke.sh PROCESS URL [SECONDS [CONNECTIONS]]
set -eu

process=${1:?the id of the process that runs Mayfly}
url=${2:?where it listens}
seconds=${3:-60}
connections=${4:-8}
report=$(dirname "$0")/report.lua

# (module (func (export "_start")))
smallest() {
  printf '\000asm\001\000\000\000\001\004\001\140\000\000\003\002\001\000\007\012\001\006_start\000\000\012\004\001\002\000\013'
}

usage() {
  printf '%-18s resident %4d MiB, %3d threads, %3d descriptors\n' "$1:" \
    "$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$process/status")" \
    "$(awk '/^Threads/ { print $2 }' "/proc/$process/status")" \
    "$(find "/proc/$process/fd" -type l 2>/dev/null | wc -l)"
}

load() { # method, path, seconds
  METHOD=$1 wrk --threads 1 --connections "$connections" --duration "$3s" --script "$report" "$url$2"
}

smallest | curl --fail-with-body --silent --show-error --output /dev/null --header 'Content-Type: application/wasm' \
  --data-binary @- "$url/v1/functions/load/versions"

usage 'start'
load POST /v1/functions/load/invocations 20 >/dev/null # the JVM's compiler gets to know the path
load GET /actuator/health/liveness 10 >/dev/null
usage 'warm'
echo "-- invocations, $connections connections, $seconds s"
load POST /v1/functions/load/invocations "$seconds" | grep '^result'
usage 'after invocations'
echo "-- liveness probe, $connections connections, 10 s"
load GET /actuator/health/liveness 10 | grep '^result'

curl --fail-with-body --silent --show-error --request DELETE "$url/v1/functions/load"
