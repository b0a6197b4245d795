package dev.mayfly.compiler.x64;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortJumpsTest {

    private static final int FILLER = 0x90;

    private final Assembler assembler = new Assembler();

    @ParameterizedTest
    @CsvSource({"0, 2", "127, 2", "128, 5"})
    void aJumpForwardIsShortIfItsDistanceIsOneByte(int distance, int length) {
        int label = assembler.newLabel();
        assembler.jump(label);
        fill(distance);
        assembler.bind(label);

        assertThat(link().length - distance).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "126, 2", "127, 6"})
    void aJumpBackIsShortIfItsDistanceIsOneByte(int distance, int length) {
        int label = assembler.newLabel();
        assembler.bind(label);
        fill(distance);
        assembler.jump(Condition.NE, label);

        assertThat(link().length - distance).isEqualTo(length);
    }

    @Test
    void oneThatBecomesShortBringsAnotherWithinReach() {
        int outer = assembler.newLabel();
        int inner = assembler.newLabel();
        assembler.jump(outer);
        fill(60);
        assembler.jump(Condition.E, inner);
        fill(64);
        assembler.bind(inner);
        fill(1);
        assembler.bind(outer);

        assertThat(link()).hasSize(2 + 60 + 2 + 64 + 1);
    }

    @Test
    void everyJumpArrivesWhereItWentBefore() {
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            Program program = new Program(random);
            assertThat(program.jumpsAfterLinking()).isEqualTo(program.jumps);
        }
    }

    private void fill(int bytes) {
        for (int i = 0; i < bytes; i++) {
            assembler.code().put8(FILLER);
        }
    }

    private byte[] link() {
        assembler.shortenJumps();
        assembler.link();
        return assembler.code().toArray();
    }

    /** Jumps between stretches of filler. Where one leads is told by how many jumps and fillers come before. */
    private static final class Program {

        private final Assembler assembler = new Assembler();
        private final List<String> jumps = new ArrayList<>();

        Program(Random random) {
            int count = 1 + random.nextInt(40);
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                labels[i] = assembler.newLabel();
            }
            int[] fillers = random.ints(count, 0, 50).toArray();
            int[] targets = random.ints(count, 0, count).toArray();
            for (int i = 0; i < count; i++) {
                assembler.bind(labels[i]);
                for (int filler = 0; filler < fillers[i]; filler++) {
                    assembler.code().put8(FILLER);
                }
                if (random.nextBoolean()) {
                    assembler.jump(labels[targets[i]]);
                } else {
                    assembler.jump(Condition.L, labels[targets[i]]);
                }
            }
            int passed = 0;
            int[] passedAt = new int[count];
            for (int i = 0; i < count; i++) {
                passedAt[i] = passed;
                passed += fillers[i] + 1;
            }
            for (int i = 0; i < count; i++) {
                jumps.add((passedAt[i] + fillers[i]) + " to " + passedAt[targets[i]]);
            }
        }

        List<String> jumpsAfterLinking() {
            assembler.shortenJumps();
            assembler.link();
            byte[] code = assembler.code().toArray();
            int[] numbers = new int[code.length + 1];
            List<int[]> found = new ArrayList<>();
            int number = 0;
            int at = 0;
            while (at < code.length) {
                numbers[at] = number++;
                int opcode = code[at] & 0xFF;
                if (opcode == FILLER) {
                    at++;
                    continue;
                }
                boolean isShort = opcode == 0xEB || opcode == 0x7C;
                int end = at + (isShort ? 2 : opcode == 0xE9 ? 5 : 6);
                int distance = isShort ? code[end - 1] : assembler.code().get32(end - 4);
                found.add(new int[] {number - 1, end + distance});
                at = end;
            }
            return found.stream()
                    .map(jump -> jump[0] + " to " + numbers[jump[1]])
                    .toList();
        }
    }
}
