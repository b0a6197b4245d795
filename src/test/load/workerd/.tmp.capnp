# A peer for comparison: workerd (npm package of that name), making a fresh instance of the same module per request.
#
#   npm install workerd && npx workerd serve src/test/load/workerd/config.capnp
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:18797", http = (), service = "main")]
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker", esModule = embed "worker.js"),
    (name = "smallest.wasm", wasm = embed "smallest.wasm")
  ],
  compatibilityDate = "2026-01-01"
);
