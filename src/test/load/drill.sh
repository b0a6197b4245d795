#!/bin/sh
# The drill: builds the jar, starts PostgreSQL, 2 control planes and 3 workers as processes of their own on the loopback
# address, invokes functions, synchronously and not, and meanwhile breaks one thing after the other: kill -9 of a worker
# and of a control plane, PostgreSQL stopped, a worker paused, full disks, everything restarted. Then it accounts for each
# request, asks the dashboards' queries of a Prometheus that scraped all nodes, and measures the throughput with 1, 2 and
# 3 workers. Its exit status says whether everything was as promised; the report is target/drill/report.md, beside it
# are the logs. It takes about 12 minutes and ends what it started.
#
# Needs what the build needs; Prometheus for the dashboards (Debian: apt-get install prometheus) and root for the full
# disks, and says so where either is missing.
#
# Usage: drill.sh [-Dmayfly.drill.only=faults|throughput] [-Dmayfly.drill.rate=REQUESTS_PER_SECOND]
#                 [-Dmayfly.drill.quiet=SECONDS_BEFORE_AND_AFTER_A_FAULT] [-Dmayfly.drill.engine=microvm|wasmtime]
set -eu
exec "$(dirname "$0")/../../../mvnw" --batch-mode --no-transfer-progress --quiet -Pdrill -DskipTests verify "$@"
