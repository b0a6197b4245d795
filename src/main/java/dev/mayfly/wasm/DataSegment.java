package dev.mayfly.wasm;

/**
 * Bytes to fill a memory with (core specification 2.0, section 2.5.8). They stay in the binary: this says where.
 *
 * @param offset where the first byte stands, in bytes from the start of the binary
 * @param size in bytes
 */
public record DataSegment(SegmentMode mode, long offset, long size) {}
