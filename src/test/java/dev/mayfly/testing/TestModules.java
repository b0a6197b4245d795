package dev.mayfly.testing;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.GuestOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Small modules, byte by byte. */
public final class TestModules {

    private static final byte[] HEADER = HexFormat.of().parseHex("0061736d01000000");

    private TestModules() {}

    /** A WASI command that does nothing. Each salt makes another module of it. */
    public static byte[] command(String salt) {
        return module("_start", salt);
    }

    /** A WASI reactor with one exported function, without parameters or results. */
    public static byte[] reactor(String export, String salt) {
        return module(export, salt);
    }

    /** Runs an executable module, without anything going in or coming out. */
    public static Execution run(ExecutableModule executable) throws EngineException {
        GuestOutput nowhere = (source, patience) -> {
            int size = source.remaining();
            source.position(source.limit());
            return size;
        };
        InstanceSpec spec = new InstanceSpec(
                new EntryPoint.Command(), List.of("test"), Map.of(), GuestInput.empty(), nowhere, nowhere);
        return executable.run(spec, Interruption.after(Duration.ofSeconds(10)));
    }

    private static byte[] module(String export, String salt) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEADER);
        section(out, 1, HexFormat.of().parseHex("01600000")); // type 0: () -> ()
        section(out, 3, HexFormat.of().parseHex("0100")); // function 0 of type 0
        section(out, 7, concat(new byte[] {1}, name(export), new byte[] {0, 0}));
        section(out, 10, HexFormat.of().parseHex("0102000b")); // no locals, end
        section(out, 0, concat(name("salt"), salt.getBytes(StandardCharsets.UTF_8)));
        return out.toByteArray();
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        out.write(id);
        out.writeBytes(leb(content.length));
        out.writeBytes(content);
    }

    private static byte[] name(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return concat(leb(bytes.length), bytes);
    }

    private static byte[] leb(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
