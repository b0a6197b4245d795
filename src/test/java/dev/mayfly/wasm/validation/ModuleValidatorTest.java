package dev.mayfly.wasm.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wabt.Wat2Wasm;
import dev.mayfly.wasm.ConstantExpression;
import dev.mayfly.wasm.DataSegment;
import dev.mayfly.wasm.ElementSegment;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleBytes;
import dev.mayfly.wasm.Section;
import dev.mayfly.wasm.SegmentMode;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModuleValidatorTest {

    private static final byte[] BINARY = Wat2Wasm.parse("""
            (module
              (type (func (param i32 i64) (result f32)))
              (import "env" "log" (func $log (param i32)))
              (import "env" "base" (global $base i32))
              (memory (export "memory") 2 10)
              (table $t 3 funcref)
              (global $counter (mut i32) (i32.const -7))
              (global $nan f32 (f32.const nan:0x200001))
              (func $start nop)
              (func (export "run") (param i32) (result i32)
                (local i64 i64 f32)
                local.get 0
                i32.const 5
                i32.add)
              (start $start)
              (elem (table $t) (i32.const 1) func $start $log)
              (elem declare func $log)
              (data (global.get $base) "hello")
              (data "passive"))
            """);

    @Test
    void keepsWhatTheModuleDeclares() throws Exception {
        Module module = validate(new ByteArrayInputStream(BINARY));
        assertThat(module.size()).isEqualTo(BINARY.length);
        assertThat(module.imports())
                .extracting(i -> i.module() + "." + i.name() + ": " + i.type())
                .containsExactly("env.log: func (i32) -> ()", "env.base: global i32");
        assertThat(module.functions())
                .extracting(Object::toString)
                .containsExactly("(i32) -> ()", "() -> ()", "(i32) -> (i32)");
        assertThat(module.importedFunctions()).isEqualTo(1);
        assertThat(module.memories().getFirst().limits().maximum()).isEqualTo(OptionalLong.of(10));
        assertThat(module.tables()).extracting(ExternalType.Table::elementType).containsExactly(ValueType.FUNCREF);
        assertThat(module.globals())
                .extracting(Object::toString)
                .containsExactly("global i32", "global mut i32", "global f32");
        assertThat(module.globalInitializers())
                .containsExactly(new ConstantExpression.I32(-7), new ConstantExpression.F32(0x7FA00001));
        assertThat(module.export("run"))
                .hasValueSatisfying(run -> assertThat(run.index()).isEqualTo(2));
        assertThat(module.export("walk")).isEmpty();
        assertThat(module.start()).hasValue(1);
    }

    @Test
    void saysWhereTheContentsOfSegmentsStand() throws Exception {
        Module module = validate(new ByteArrayInputStream(BINARY));
        ElementSegment active = module.elements().getFirst();
        assertThat(active.mode()).isEqualTo(new SegmentMode.Active(0, new ConstantExpression.I32(1)));
        assertThat(active.count()).isEqualTo(2);
        assertThat(active.encoding()).isEqualTo(ElementSegment.Encoding.FUNCTION_INDEX);
        assertThat(bytes(active.offset(), active.size())).containsExactly(1, 0);
        assertThat(module.elements().getLast().mode()).isEqualTo(new SegmentMode.Declarative());
        DataSegment hello = module.data().getFirst();
        assertThat(hello.mode()).isEqualTo(new SegmentMode.Active(0, new ConstantExpression.GlobalValue(0)));
        assertThat(bytes(hello.offset(), hello.size())).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(module.data().getLast().mode()).isEqualTo(new SegmentMode.Passive());
    }

    @Test
    void saysWhereFunctionBodiesStand() throws Exception {
        Module module = validate(new ByteArrayInputStream(BINARY));
        assertThat(module.bodies().count()).isEqualTo(2);
        byte[] nop = bytes(module.bodies().offset(0), module.bodies().size(0));
        assertThat(nop).containsExactly(0x00, 0x01, 0x0B);
        InstructionReader instructions = InstructionReader.of(
                Arrays.copyOfRange(nop, 1, nop.length), module.bodies().offset(0) + 1, BinaryLimits.DEFAULT);
        assertThat(instructions.next()).isEqualTo(Opcode.NOP);
        assertThat(instructions.offset()).isEqualTo(module.bodies().offset(0) + 1);
        assertThat(instructions.next()).isEqualTo(Opcode.END);
        assertThat(instructions.ended()).isTrue();
    }

    @Test
    void saysWhereSectionsStand() throws Exception {
        Module module = validate(new ByteArrayInputStream(BINARY));
        assertThat(module.sections())
                .extracting(Section::id)
                .containsExactly(
                        Section.TYPE,
                        Section.IMPORT,
                        Section.FUNCTION,
                        Section.TABLE,
                        Section.MEMORY,
                        Section.GLOBAL,
                        Section.EXPORT,
                        Section.START,
                        Section.ELEMENT,
                        Section.CODE,
                        Section.DATA);
        assertThat(module.sections().getLast().end()).isEqualTo(BINARY.length);
    }

    @Test
    void readsFunctionNames() throws Exception {
        byte[] binary = ModuleBytes.module()
                .section(0, "04 6e 61 6d 65  00 02 01 6d  01 08 02 00 01 61 07 02 c3 a4  02 01 00")
                .bytes();
        Module module = validate(new ByteArrayInputStream(binary));
        assertThat(module.functionNames().size()).isEqualTo(2);
        assertThat(module.functionNames().get(0)).isEqualTo("a");
        assertThat(module.functionNames().get(7)).isEqualTo("ä");
        assertThat(module.functionNames().get(1)).isNull();
    }

    @Test
    void readsStreamsThatComeInPieces() throws Exception {
        InputStream dripping = new InputStream() {
            private int next;

            @Override
            public int read() {
                return next == BINARY.length ? -1 : BINARY[next++] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int value = length == 0 ? -1 : read();
                if (value < 0) {
                    return length == 0 ? 0 : -1;
                }
                target[offset] = (byte) value;
                return 1;
            }
        };
        Module module = validate(dripping);
        assertThat(module.exports()).hasSize(2);
        assertThat(module.size()).isEqualTo(BINARY.length);
    }

    @Test
    void moduleCutOffAnywhereInASectionIsMalformed() {
        int valid = 0;
        for (int length = 0; length < BINARY.length; length++) {
            String judgement = Judgement.of(Arrays.copyOf(BINARY, length));
            if (judgement.equals("valid")) {
                valid++;
            } else {
                assertThat(judgement).startsWith("malformed: ");
            }
        }
        // Those that end behind the header, the types, the imports and, as from the functions on their bodies are owed,
        // behind the code are modules themselves.
        assertThat(valid).isEqualTo(4);
    }

    @Test
    void passesOnAFailureOfTheStream() {
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(BINARY, 0, 20), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        });
        assertThatThrownBy(() -> new ModuleValidator().validate(failing)).hasMessage("connection reset");
    }

    @Test
    void tellsTheTimeItTook() throws Exception {
        ValidatedModule validated = new ModuleValidator().validate(new ByteArrayInputStream(BINARY));
        assertThat(validated.decoding()).isPositive();
        assertThat(validated.validating()).isPositive();
    }

    private static Module validate(InputStream binary) throws Exception {
        return new ModuleValidator().validate(binary).module();
    }

    private static byte[] bytes(long offset, long size) {
        return Arrays.copyOfRange(BINARY, (int) offset, (int) (offset + size));
    }
}
