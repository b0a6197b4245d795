package dev.mayfly.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.testsupport.Programs;
import dev.mayfly.vmm.Content;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.spec.SpecCommand;
import dev.mayfly.wasm.spec.SpecScript;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Notices that the compiler makes other code than before. Images on disk that were made before would go on being used, so
 * the version has to say so: increase it, and then change both constants here.
 */
class CodeVersionTest {

    private static final int VERSION = 1;
    private static final String IMAGES = "78d7e4a5c2ff2acc2603e02b675f46ac5814a5f8ad204d21d9e11d9021031201";

    @Test
    void anotherImageOfTheSameModuleHasAnotherVersion() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] binary : modules()) {
            for (CpuFeatures features : List.of(CpuFeatures.BASELINE, CpuFeatures.V3)) {
                update(digest, binary, features);
            }
        }
        String images = HexFormat.of().formatHex(digest.digest());
        assertThat(CodeVersion.CURRENT + " " + images)
                .as("images are not what version %d makes: increase CodeVersion.CURRENT, and change this test", VERSION)
                .isEqualTo(VERSION + " " + IMAGES);
    }

    /** Programs that were compiled from C and Rust, and modules that use every instruction. */
    private static List<byte[]> modules() throws IOException {
        List<byte[]> modules = new ArrayList<>();
        for (String sample : List.of("fib", "hello", "page", "wordcount")) {
            modules.add(Programs.sample(sample));
        }
        for (SpecScript script : SpecScript.all()) {
            if (!script.name().startsWith("simd")) {
                for (SpecCommand command : script.commands()) {
                    if (command.type().equals("module")) {
                        modules.add(Files.readAllBytes(command.module()));
                    }
                }
            }
        }
        return modules;
    }

    private static void update(MessageDigest digest, byte[] binary, CpuFeatures features) throws ModuleException {
        TestModule module = TestModule.of(binary);
        Image image;
        try {
            image = module.build(module.compile(features), TestModule.LIMITS, new long[100]);
        } catch (InstantiationTrapException e) {
            return; // some are meant to
        }
        for (Part part : List.of(image.code(), image.constants(), image.data())) {
            update(digest, part.contents());
        }
        update(digest, image.memory().contents());
        AddressMap map = image.addresses();
        for (MemorySegment segment : List.of(
                map.starts().segment(), map.entries().segment(), map.sites().segment(), map.positions())) {
            digest.update(segment.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static void update(MessageDigest digest, List<Content> contents) {
        for (Content content : contents) {
            digest.update(Long.toString(content.offset()).getBytes(StandardCharsets.US_ASCII));
            digest.update(((Content.InMemory) content).segment().toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
