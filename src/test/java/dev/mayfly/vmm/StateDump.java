package dev.mayfly.vmm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that writes the processor's state to data, at its very beginning: what it finds is what an instance begins
 * with.
 *
 * @param code to be at {@link TestGuest#CODE}
 * @param bytes that it writes
 */
record StateDump(String code, int bytes) {

    /** What {@link #BASIC} writes: general registers at the beginning, then the others. */
    static final int BASIC_BYTES = 0x600;

    private static final String EXIT = "e710";

    private static final long DATA = TestGuest.DATA + 0x2000;
    private static final int VECTORS = 0x680;
    private static final int VECTOR_BYTES = 64;
    private static final int ALL_BYTES = VECTORS + 32 * VECTOR_BYTES;

    /** Writes all general registers, flags, segment registers, the {@code fxsave} area and all of AVX. */
    private static final String REGISTERS = "488905f91f020048891dfa1f020048890dfb1f0200488915fc1f0200488935fd1f020048"
            + "893dfe1f0200488925ff1f020048892d002002004c8905012002004c890d022002004c89"
            + "15032002004c891d042002004c8925052002004c892d062002004c8935072002004c893d"
            + "082002009c58488905072002008cd88905072002008cc08905032002008ce08905ff1f02"
            + "008ce88905fb1f02008cd08905f71f02008cc88905f31f0200480fae054f210200c5fc11"
            + "0547230200c5fc110d5f230200c5fc111577230200c5fc111d8f230200c5fc1125a72302"
            + "00c5fc112dbf230200c5fc1135d7230200c5fc113def230200c57c110507240200c57c11"
            + "0d1f240200c57c111537240200c57c111d4f240200c57c112567240200c57c112d7f2402"
            + "00c57c113597240200c57c113daf240200";

    static final StateDump BASIC = new StateDump(REGISTERS + EXIT, BASIC_BYTES);

    /** Writes as much more as this processor, and its hypervisor, let a guest see. */
    static StateDump complete() throws Exception {
        StringBuilder code = new StringBuilder(REGISTERS);
        for (String part : List.of(
                "f3480faec0" + store(0x600), // rdfsbase rax
                "f3480faec8" + store(0x608), // rdgsbase rax
                "31c9" + "0f01d0" + store(0x610), // xgetbv of XCR0
                "31c9" + "0f01ee" + store(0x620), // rdpkru
                masks(),
                vectors())) {
            if (isPossible(part)) {
                code.append(part);
            }
        }
        return new StateDump(code + EXIT, ALL_BYTES);
    }

    private static boolean isPossible(String part) throws Exception {
        try (TestGuest guest = TestGuest.of(part + EXIT)) {
            return guest.run().equals(new Ending.Exited());
        }
    }

    /** {@code mov [DATA + offset], rax}. */
    private static String store(int offset) {
        return "48a3" + littleEndian(DATA + offset);
    }

    /** {@code kmovq rax, k0} to {@code k7}, each stored. */
    private static String masks() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            code.append("c4e1fb93%02x".formatted(0xC0 + i)).append(store(0x640 + 8 * i));
        }
        return code.toString();
    }

    /** {@code mov rax, address; vmovdqu64 [rax], zmm0} to {@code zmm31}. */
    private static String vectors() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            int extension = ((i & 8) == 0 ? 0x80 : 0) | ((i & 16) == 0 ? 0x10 : 0) | 0x61;
            code.append("48b8").append(littleEndian(DATA + VECTORS + (long) VECTOR_BYTES * i));
            code.append("62%02xfe487f%02x".formatted(extension, (i & 7) << 3));
        }
        return code.toString();
    }

    private static String littleEndian(long value) {
        return "%016x".formatted(Long.reverseBytes(value));
    }

    /** Runs it, as the next instance in the slot. */
    byte[] take(TestGuest guest) throws VmmException {
        try (Prepared instance = guest.slot.prepare(guest.image)) {
            TestGuest.assertPristine(instance.memory());
            assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                    .isEqualTo(new Ending.Exited());
            return read(instance);
        }
    }

    /** Where two of its results differ, with what one and the other have there. */
    List<String> difference(byte[] one, byte[] other) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                differences.add("%x: %02x %02x".formatted(i, one[i], other[i]));
            }
        }
        return differences;
    }

    /** What it has written. */
    byte[] read(Prepared instance) {
        return instance.memory().data(DATA, bytes).toArray(JAVA_BYTE);
    }
}
