package dev.mayfly.wasi;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program's arguments or environment, in the form in which the guest gets them: NUL-terminated UTF-8 strings. */
final class StringVector {

    private final List<byte[]> strings;
    private final int totalBytes;

    private StringVector(List<String> strings) {
        this.strings = strings.stream()
                .map(text -> (text + '\0').getBytes(StandardCharsets.UTF_8))
                .toList();
        this.totalBytes = this.strings.stream().mapToInt(bytes -> bytes.length).sum();
    }

    static StringVector ofArguments(Program program) {
        return new StringVector(program.arguments());
    }

    static StringVector ofEnvironment(Program program) {
        return new StringVector(program.environment().entrySet().stream()
                .map(variable -> variable.getKey() + '=' + variable.getValue())
                .sorted()
                .toList());
    }

    /** Writes how many strings there are, and how many bytes they take. */
    Errno writeSizes(GuestMemory memory, long countPointer, long bytesPointer) throws ErrnoException {
        memory.putInt(countPointer, strings.size());
        memory.putInt(bytesPointer, totalBytes);
        return Errno.SUCCESS;
    }

    /** Writes the strings one behind the other, and a pointer to each. */
    Errno write(GuestMemory memory, long pointers, long buffer) throws ErrnoException {
        long pointer = pointers;
        long target = buffer;
        for (byte[] string : strings) {
            memory.putInt(pointer, (int) target);
            memory.putBytes(target, string, string.length);
            pointer += Integer.BYTES;
            target += string.length;
        }
        return Errno.SUCCESS;
    }
}
