import smallest from "smallest.wasm";

export default {
  async fetch(request) {
    await request.arrayBuffer();
    const instance = await WebAssembly.instantiate(smallest, {});
    instance.exports._start();
    return new Response("");
  },
};
