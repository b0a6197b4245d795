package dev.mayfly.wasi;

/** What a guest's descriptors 0, 1 and 2 stand for. */
public record StandardStreams(GuestInput stdin, GuestOutput stdout, GuestOutput stderr) {}
