-- For wrk: sends requests without a body by the method that METHOD names, and sums up in one line.
wrk.method = os.getenv("METHOD") or "GET"

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    "result %.0f requests/s, p50 %.2f ms, p99 %.2f ms, max %.1f ms, %d requests, %d errors (%d of them by status)\n",
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    summary.requests, e.connect + e.read + e.write + e.timeout + e.status, e.status))
end
