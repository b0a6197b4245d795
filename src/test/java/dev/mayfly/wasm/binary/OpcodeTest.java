package dev.mayfly.wasm.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.wasm.ModuleBytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpcodeTest {

    @Test
    void hasEveryInstructionOfVersionTwo() {
        Map<Integer, Integer> byPrefix = new HashMap<>();
        for (Opcode opcode : Opcode.values()) {
            byPrefix.merge(opcode.code() >> 8, 1, Integer::sum);
        }
        assertThat(byPrefix).isEqualTo(Map.of(0x00, 183, 0xFC, 18, 0xFD, 236));
    }

    @Test
    void hasNoCodeTwice() {
        assertThat(Arrays.stream(Opcode.values()).map(Opcode::code)).doesNotHaveDuplicates();
    }

    @Test
    void namesOnlySelectTwice() {
        assertThat(Arrays.stream(Opcode.values())
                        .filter(opcode -> opcode != Opcode.SELECT_TYPED)
                        .map(Opcode::mnemonic))
                .doesNotHaveDuplicates();
        assertThat(Opcode.SELECT_TYPED.mnemonic()).isEqualTo(Opcode.SELECT.mnemonic());
    }

    @Test
    void giveNumericAndVectorInstructionsAType() {
        assertThat(Opcode.values())
                .filteredOn(opcode -> opcode.family() == Family.NUMERIC || opcode.family() == Family.VECTOR)
                .allSatisfy(opcode -> assertThat(opcode.type()).isNotNull());
    }

    @Test
    void giveAccessesTheirWidth() {
        assertThat(Opcode.values())
                .filteredOn(opcode -> opcode.immediate() == Immediate.MEMORY_ARGUMENT
                        || opcode.immediate() == Immediate.MEMORY_ARGUMENT_LANE)
                .hasSize(23 + 14 + 8)
                .allSatisfy(opcode -> assertThat(opcode.width()).isIn(1, 2, 4, 8, 16));
        assertThat(Opcode.V128_LOAD32_ZERO.width()).isEqualTo(4);
        assertThat(Opcode.V128_STORE64_LANE.lanes()).isEqualTo(2);
    }

    @Test
    void readsTheImmediatesOfEveryInstruction() throws Exception {
        for (Opcode opcode : Opcode.values()) {
            byte[] bytes = ModuleBytes.hex(encoding(opcode) + immediates(opcode.immediate()));
            InstructionReader in = InstructionReader.of(bytes, 1000, BinaryLimits.DEFAULT);
            if (opcode == Opcode.ELSE) {
                continue; // only inside of an if
            }
            assertThat(in.next()).isEqualTo(opcode);
            assertThat(in.offset()).isEqualTo(1000);
            assertThat(in.position()).as(opcode.mnemonic()).isEqualTo(1000 + bytes.length);
        }
    }

    static String encoding(Opcode opcode) {
        int prefix = opcode.code() >> 8;
        if (prefix == 0) {
            return "%02x".formatted(opcode.code());
        }
        int code = opcode.code() & 0xFF;
        return code < 0x80 ? "%02x%02x".formatted(prefix, code) : "%02x%02x01".formatted(prefix, code);
    }

    private static String immediates(Immediate immediate) {
        return switch (immediate) {
            case NONE -> "";
            case BLOCK_TYPE -> "40";
            case INDEX, DATA_INDEX, I32 -> "8101";
            case LANE -> "01";
            case INDEX_PAIR -> "018102";
            case DATA_INDEX_MEMORY -> "0100";
            case MEMORY -> "00";
            case MEMORY_PAIR -> "0000";
            case LABELS -> "02000102";
            case TYPES -> "017f";
            case REFERENCE_TYPE -> "70";
            case MEMORY_ARGUMENT -> "008001";
            case MEMORY_ARGUMENT_LANE -> "00800101";
            case I64 -> "80808080807f";
            case F32 -> "00000000";
            case F64 -> "0000000000000000";
            case V128, LANES -> "00000000000000000000000000000000";
        };
    }
}
