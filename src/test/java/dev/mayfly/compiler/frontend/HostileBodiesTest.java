package dev.mayfly.compiler.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.compiler.passes.Passes;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Verifier;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies that nobody writes but to break a compiler: what is not linear in them must be limited. */
class HostileBodiesTest {

    private static final int LOCAL_GET = 0x20;
    private static final int LOCAL_SET = 0x21;
    private static final int BLOCK = 0x02;
    private static final int LOOP = 0x03;
    private static final int IF = 0x04;
    private static final int BR_IF = 0x0D;
    private static final int BR_TABLE = 0x0E;
    private static final int END = 0x0B;
    private static final int DROP = 0x1A;
    private static final int EMPTY = 0x40;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private Function compile() throws ModuleException {
        byte[] module = Translation.module(body.toByteArray());
        Function function = Translation.ofModule(module, Frontend.BLOCK_ARGUMENTS);
        Passes.run(function);
        Verifier.verify(function);
        return function;
    }

    private void locals(int count) {
        body.write(1);
        Translation.writeNumber(body, count);
        body.write(0x7F);
    }

    private void write(int... bytes) {
        for (int one : bytes) {
            body.write(one);
        }
    }

    private void index(int opcode, int index) {
        body.write(opcode);
        Translation.writeNumber(body, index);
    }

    @Test
    void deepNestingNeedsNoDeepStack() throws ModuleException {
        locals(1);
        for (int i = 0; i < 30_000; i++) {
            write(LOOP, EMPTY, BLOCK, EMPTY, LOCAL_GET, 0, IF, EMPTY, LOCAL_GET, 1, LOCAL_SET, 0);
        }
        for (int i = 0; i < 30_000; i++) {
            write(END, LOCAL_GET, 1, BR_IF, 0, END, LOCAL_GET, 0, BR_IF, 0, END);
        }

        assertThat(compile().blocks().ordered()).isGreaterThan(30_000);
    }

    @Test
    void localsCostNothingWhereTheyAreNotAssigned() throws ModuleException {
        readManyLocalsBehindManyIfs(3_000);

        assertThat(compile().edges().count()).isLessThan(20_000);
    }

    @Test
    void localsThatAreLookedForTooFarAreRefused() {
        readManyLocalsBehindManyIfs(40_000);

        assertThatThrownBy(this::compile)
                .isInstanceOf(ModuleLimitException.class)
                .hasMessageContaining("localLookups");
    }

    private void readManyLocalsBehindManyIfs(int count) {
        locals(count);
        for (int i = 1; i <= count; i++) {
            write(LOCAL_GET, 0);
            index(LOCAL_SET, i);
        }
        for (int i = 0; i < count; i++) {
            write(LOCAL_GET, 0, IF, EMPTY, END);
        }
        for (int i = 1; i <= count; i++) {
            index(LOCAL_GET, i);
            write(DROP);
        }
    }

    @Test
    void localsThatMeetInTooManyPlacesAreRefused() {
        locals(20_000);
        for (int i = 0; i < 20_000; i++) {
            write(BLOCK, EMPTY, LOCAL_GET, 0, BR_IF, 0);
        }
        for (int i = 1; i <= 20_000; i++) {
            write(LOCAL_GET, 0);
            index(LOCAL_SET, i);
        }
        for (int i = 0; i < 20_000; i++) {
            write(END);
        }
        for (int i = 1; i <= 20_000; i++) {
            index(LOCAL_GET, i);
            write(DROP);
        }

        assertThatThrownBy(this::compile)
                .isInstanceOf(ModuleLimitException.class)
                .hasMessageContaining("blockArguments");
    }

    @Test
    void aRowOfBranchesToOneBlockIsNoQuadraticWork() throws ModuleException {
        locals(1);
        write(BLOCK, EMPTY);
        for (int i = 0; i < 200_000; i++) {
            write(LOCAL_GET, 0, BR_IF, 0);
        }
        write(END);

        assertThat(compile().blocks().ordered()).isGreaterThan(200_000);
    }

    @Test
    void aHugeSwitchIsNoQuadraticWork() throws ModuleException {
        locals(1);
        write(BLOCK, EMPTY, BLOCK, EMPTY, LOCAL_GET, 0);
        index(BR_TABLE, 400_000);
        for (int i = 0; i <= 400_000; i++) {
            write(i & 1);
        }
        write(END, END);

        assertThat(compile().edges().count()).isGreaterThan(400_000);
    }
}
