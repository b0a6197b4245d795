package dev.mayfly.wasi;

import dev.mayfly.disk.Directory;
import dev.mayfly.disk.FileException;
import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.disk.NodeKind;
import dev.mayfly.disk.Storage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A guest whose program is the input of a fuzzer: a sequence of system calls with any arguments, and changes of its
 * memory between them. Checks that whatever it does
 *
 * <ul>
 *   <li>nothing but the declared exception leaves a call,
 *   <li>a call changes no byte of memory that it was not given ({@link Ranges}),
 *   <li>files never take more than their quota, and all of it is given back when they are gone.
 * </ul>
 */
public final class HypercallFuzzer {

    private static final FileLimits LIMITS = new FileLimits(100_000, 20);
    private static final int MAX_CALLS = 200;
    private static final int POKE = 200;

    /** Pointers, lengths, counts and descriptors at the edges of something. */
    private static final long[] INTERESTING = {
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        16,
        24,
        48,
        64,
        100,
        255,
        256,
        1023,
        1024,
        1025,
        4095,
        4096,
        4097,
        16_383,
        16_384,
        16_385,
        32_768,
        65_472,
        65_504,
        65_512,
        65_528,
        65_532,
        65_535,
        65_536,
        65_537,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xFFFF_FFF8L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -8
    };

    private static final String[] PATHS = {
        "a", "b", "d", "d/a", "d/e", "d/../a", "..", ".", "./", "/", "/a", "d/", "l", "l/a", "d/l/..", "a/b", "ü",
        "d//e/."
    };

    private final FakeGuest guest =
            new FakeGuest(new Confinement(SystemCallPolicy.ALLOW_ALL, LIMITS, Storage.UNSHARED));
    private final ByteBuffer input;

    private HypercallFuzzer(byte[] data) {
        this.input = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        long address = 256;
        for (String path : PATHS) {
            guest.putText(address, path);
            address += 16;
        }
        for (int i = 0; i < 16; i++) {
            guest.vectors(1024 + 8L * i, 2048 + 512L * i, 100L * i);
        }
    }

    /** Called by the fuzzer for each input. */
    public static void fuzzerTestOneInput(byte[] data) {
        run(data);
    }

    /** Runs a program and returns how many calls it made. */
    static int run(byte[] data) {
        return new HypercallFuzzer(data).run();
    }

    private int run() {
        int calls = 0;
        try {
            while (input.hasRemaining() && calls < MAX_CALLS) {
                int operation = Byte.toUnsignedInt(input.get());
                if (operation >= POKE) {
                    poke();
                } else {
                    call(Preview1.calls().get(operation % Preview1.calls().size()));
                    calls++;
                }
            }
        } catch (GuestEndException e) {
            calls++;
        }
        requireEverythingGivenBack();
        return calls;
    }

    private void poke() {
        long address = next(65_528) & 0xFFFF;
        guest.putLong(Math.min(address, FakeGuest.MEMORY_BYTES - 8), argument());
    }

    private void call(SystemCall call) {
        long[] arguments = new long[SystemCall.MAX_PARAMETERS];
        for (int i = 0; i < call.signature().parameters().size(); i++) {
            arguments[i] = argument();
        }
        long[] original = arguments.clone();
        MemorySegment before = MemorySegment.ofArray(new byte[FakeGuest.MEMORY_BYTES]);
        before.copyFrom(guest.memory);
        try {
            guest.call(call.name(), arguments);
        } finally {
            requireOnlyItsOwn(call, original, before);
        }
        requireWithinQuota(call);
    }

    /** Mostly what makes sense somewhere, sometimes anything. */
    private long argument() {
        int choice = Byte.toUnsignedInt(next());
        if (choice < 64) {
            return choice % 12;
        }
        if (choice < 96) {
            return 256 + 16L * (choice % PATHS.length);
        }
        if (choice < 112) {
            return 1024 + 8L * (choice % 16);
        }
        if (choice < 128) {
            return 12_000 + 64L * (choice % 16);
        }
        if (choice < 224) {
            return INTERESTING[choice % INTERESTING.length];
        }
        return choice < 240 ? next(65_535) : next(-1);
    }

    private byte next() {
        return input.hasRemaining() ? input.get() : 0;
    }

    private long next(long mask) {
        long value = 0;
        for (int i = 0; i < Long.BYTES && input.hasRemaining() && (mask >>> (8 * i)) != 0; i++) {
            value |= Byte.toUnsignedLong(input.get()) << (8 * i);
        }
        return value & mask;
    }

    private void requireOnlyItsOwn(SystemCall call, long[] arguments, MemorySegment before) {
        MemorySegment after = MemorySegment.ofArray(new byte[FakeGuest.MEMORY_BYTES]);
        after.copyFrom(guest.memory);
        Ranges.of(call, arguments, before).restore(after);
        long difference = before.mismatch(after);
        if (difference >= 0) {
            throw new AssertionError(call + " " + Arrays.toString(arguments) + " changed the byte at " + difference);
        }
    }

    private void requireWithinQuota(SystemCall call) {
        FileSystem files = guest.files();
        if (files.bytesUsed() < 0
                || files.bytesUsed() > LIMITS.bytes()
                || files.filesUsed() < 0
                || files.filesUsed() > LIMITS.files()) {
            throw new AssertionError(call + " left " + files.bytesUsed() + " bytes, " + files.filesUsed() + " files");
        }
    }

    private void requireEverythingGivenBack() {
        guest.closeAll();
        try {
            removeAll(guest.files(), guest.files().root());
        } catch (FileException e) {
            throw new AssertionError(e);
        }
        if (guest.files().bytesUsed() != 0 || guest.files().filesUsed() != 0) {
            throw new AssertionError("kept " + guest.files().bytesUsed() + " bytes, "
                    + guest.files().filesUsed() + " files");
        }
    }

    private static void removeAll(FileSystem files, Directory directory) throws FileException {
        for (var entries = directory.entriesFrom(0).iterator();
                entries.hasNext();
                entries = directory.entriesFrom(0).iterator()) {
            Directory.Entry entry = entries.next();
            if (entry.kind() == NodeKind.DIRECTORY) {
                removeAll(files, (Directory) files.find(directory, entry.name(), false));
                files.removeDirectory(directory, entry.name());
            } else {
                files.unlink(directory, entry.name());
            }
        }
    }
}
