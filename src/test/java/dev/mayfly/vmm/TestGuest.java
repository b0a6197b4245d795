package dev.mayfly.vmm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.MemoryMap;
import dev.mayfly.abi.Port;
import dev.mayfly.kvm.KvmUnavailableException;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.NativeAccess;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An image of raw machine code and a slot to run it in. Next to the code under test there always is a good program, to
 * show that the slot still works.
 */
final class TestGuest implements AutoCloseable {

    static final long CODE = MemoryMap.IMAGE;
    /** Faults from here on count as the stack's, before as linear memory's. */
    static final long STACK_CODE = CODE + 0x4000;

    /** Where a second program is, if the test has one. */
    static final long OTHER = CODE + 0x6000;

    static final long GOOD = CODE + 0x8000;
    static final long CONSTANTS = CODE + 0x10000;
    static final long DATA = CODE + 0x20000;
    static final int DATA_BYTES = 0x10000;
    static final int STACK_BYTES = 0x10000;
    static final int PAGE = LinearMemory.PAGE;
    static final int LINEAR_PAGES = 2;
    static final int LINEAR_LIMIT_PAGES = 100;

    /** Linear memory and data begin with these where nothing else is. */
    static final byte LINEAR_CONTENT = 0x11;

    static final byte DATA_CONTENT = 0x22;

    /** {@code mov rax, DATA + FRAME; mov qword [rax], 42; ret}. */
    private static final String GOOD_CODE = "48b8" + "4000020004000000" + "48c7002a000000" + "c3";

    private static final int ANSWER = 42;

    final Hypervisor hypervisor;
    final LoadedImage image;
    final Slot slot;

    private TestGuest(Hypervisor hypervisor, LoadedImage image, SlotOptions options) throws VmmException {
        this.hypervisor = hypervisor;
        this.image = image;
        this.slot = hypervisor.openSlot(options);
    }

    static TestGuest of(String code) throws Exception {
        return of(code, SlotOptions.DEFAULT);
    }

    static TestGuest of(String code, SlotOptions options) throws Exception {
        return of(code, "", options);
    }

    static TestGuest of(String code, String other, SlotOptions options) throws Exception {
        return of(image(code, other), options);
    }

    static TestGuest of(GuestImage image, SlotOptions options) throws Exception {
        return of(linux(), image, options);
    }

    static TestGuest of(Linux linux, GuestImage image) throws KvmUnavailableException, VmmException {
        return of(linux, image, SlotOptions.DEFAULT);
    }

    private static TestGuest of(Linux linux, GuestImage image, SlotOptions options)
            throws KvmUnavailableException, VmmException {
        try (Acquisition acquired = new Acquisition()) {
            Hypervisor hypervisor = Hypervisor.open(linux);
            acquired.add(hypervisor::close);
            LoadedImage loaded = hypervisor.load(image);
            acquired.add(loaded::close);
            return acquired.complete(new TestGuest(hypervisor, loaded, options));
        }
    }

    static Linux linux() {
        return ((NativeAccess.Available) NativeAccess.probe()).linux();
    }

    /** All there are. */
    static Set<Integer> hypercallPorts() throws IllegalAccessException {
        Set<Integer> ports = new TreeSet<>();
        for (Field field : Port.class.getFields()) {
            ports.add(field.getInt(null));
        }
        return ports;
    }

    /** An image with code at {@link #CODE} and {@link #OTHER}, and the good program. */
    static GuestImage image(String code, String other) {
        byte[] page = new byte[0x10000];
        Arrays.fill(page, (byte) 0xCC);
        put(page, 0, code);
        put(page, (int) (OTHER - CODE), other);
        put(page, (int) (GOOD - CODE), GOOD_CODE);
        byte[] data = filled(DATA_BYTES, DATA_CONTENT);
        Arrays.fill(data, 0, Context.GLOBALS, (byte) 0);
        putSize(data);
        return new GuestImage(
                List.of(
                        region(DATA, Permission.DATA, data),
                        region(CODE, Permission.CODE, page),
                        region(CONSTANTS, Permission.CONSTANT, filled(MemoryMap.PAGE, (byte) 0x33))),
                DATA,
                STACK_BYTES,
                new LinearMemory(
                        (long) LINEAR_PAGES * PAGE,
                        (long) LINEAR_LIMIT_PAGES * PAGE,
                        MemorySegment.ofArray(filled(PAGE + 100, LINEAR_CONTENT))),
                rip -> rip < STACK_CODE);
    }

    static byte[] filled(int bytes, byte value) {
        byte[] array = new byte[bytes];
        Arrays.fill(array, value);
        return array;
    }

    private static Region region(long address, Permission permission, byte[] content) {
        return new Region(address, content.length, permission, MemorySegment.ofArray(content));
    }

    private static void put(byte[] target, int offset, String hex) {
        byte[] code = HexFormat.of().parseHex(hex);
        System.arraycopy(code, 0, target, offset, code.length);
    }

    /** Runs the code under test. */
    Ending run() throws VmmException {
        return run(Calls.NONE);
    }

    Ending run(Hypercalls calls) throws VmmException {
        try (Prepared instance = slot.prepare(image)) {
            return instance.run(CODE, calls).ending();
        }
    }

    /** Runs the good program and checks all that it does. */
    void assertStillWorks() throws VmmException {
        try (Prepared instance = slot.prepare(image)) {
            assertPristine(instance.memory());
            assertThat(instance.run(GOOD, Calls.NONE).ending()).isEqualTo(new Ending.Exited());
            assertThat(instance.memory().context().get(JAVA_LONG, Context.FRAME))
                    .isEqualTo(ANSWER);
        }
    }

    /** Whether the stack counts: an instance that has run has used it. */
    enum Stack {
        CHECKED,
        IGNORED
    }

    /** Checks every byte that the guest can write to. */
    static void assertPristine(GuestMemory memory) {
        assertPristine(memory, Stack.CHECKED);
    }

    static void assertPristine(GuestMemory memory, Stack stack) {
        byte[] linear = new byte[LINEAR_PAGES * PAGE];
        Arrays.fill(linear, 0, PAGE + 100, LINEAR_CONTENT);
        assertSame(memory.linear(), linear);
        byte[] data = filled(DATA_BYTES, DATA_CONTENT);
        Arrays.fill(data, 0, Context.GLOBALS, (byte) 0);
        putSize(data);
        assertSame(memory.data(DATA, DATA_BYTES), data);
        if (stack == Stack.CHECKED) {
            assertSame(memory.data(MemoryMap.STACK_TOP - STACK_BYTES, STACK_BYTES), new byte[STACK_BYTES]);
        }
    }

    private static void putSize(byte[] data) {
        long bytes = (long) LINEAR_PAGES * PAGE;
        MemorySegment.ofArray(data).set(JAVA_LONG.withByteAlignment(1), Context.MEMORY_BYTES, bytes);
    }

    private static void assertSame(MemorySegment actual, byte[] expected) {
        assertThat(actual.byteSize()).isEqualTo(expected.length);
        assertThat(actual.mismatch(MemorySegment.ofArray(expected)))
                .as("the first byte that differs")
                .isEqualTo(-1);
    }

    @Override
    public void close() {
        slot.close();
        image.close();
        hypervisor.close();
    }

    /** Hypercalls that end the guest, or let it go on. */
    enum Calls implements Hypercalls {
        NONE(Next.STOP),
        IGNORED(Next.RESUME);

        private final Next next;

        Calls(Next next) {
            this.next = next;
        }

        @Override
        public Next importCall(int index, GuestMemory memory) {
            return next;
        }
    }
}
