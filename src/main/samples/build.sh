#!/bin/sh
# Compiles the samples to src/main/resources/samples. On Debian: apt-get install clang lld wasi-libc
# libclang-rt-dev-wasm32 rustc libstd-rust-dev-wasm32. Another compiler: CLANG=... RUSTC=... WASI_SYSROOT=...
set -eu
cd "$(dirname "$0")"

clang=${CLANG:-clang}
rustc=${RUSTC:-rustc}
target=../resources/samples
mkdir -p "$target"

c() { # name, further options
  name=$1
  shift
  # --target=wasm32-wasi finds Debian's wasi-libc by itself; the SDK's is named by WASI_SYSROOT.
  "$clang" --target=wasm32-wasi ${WASI_SYSROOT:+--sysroot="$WASI_SYSROOT"} -Oz -flto -Wall -Wextra -Werror \
    "$@" -Wl,--strip-all -o "$target/$name.wasm" "$name/$name.c"
}

rust() { # name
  triple=wasm32-wasi # named wasm32-wasip1 since Rust 1.78
  "$rustc" --print target-list | grep -qx wasm32-wasip1 && triple=wasm32-wasip1
  "$rustc" --edition 2021 --target "$triple" -C opt-level=z -C lto=fat -C panic=abort -C codegen-units=1 \
    -C strip=symbols -o "$target/$1.wasm" "$1/$1.rs"
}

c hello
c page
c fib -mexec-model=reactor
rust wordcount
chmod 644 "$target"/*.wasm
ls -l "$target"
