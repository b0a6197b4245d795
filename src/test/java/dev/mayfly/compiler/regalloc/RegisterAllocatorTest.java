package dev.mayfly.compiler.regalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterAllocatorTest {

    /** Three registers of each class; a call spares r3. */
    private static final RegisterFile FILE =
            new RegisterFile(List.of(0, 1, 2, 3), List.of(16, 17, 18), 0b111 | 0b111L << 16, 31);

    private static String allocate(String text) {
        TextFunction function = TextFunction.parse(text);
        Allocation allocation = new RegisterAllocator(FILE).allocate(function);
        String printed = function.print(allocation);
        try {
            AllocationChecker.check(function, FILE, allocation);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " in\n" + printed, e);
        }
        return printed;
    }

    @Test
    void operandThatIsOnlyReadSharesItsRegisterWithTheResult() {
        assertThat(allocate("""
                block0:
                  move =v0 r2
                  add =v1 v0 v0
                  move =r2 v1
                  return r2
                """)).isEqualTo("""
                block0:
                  move r2 r2
                  add r2 r2 r2
                  move r2 r2
                  return r2
                """);
    }

    @Test
    void valueThatIsReadLateOrWrittenEarlySharesNothing() {
        assertThat(allocate("""
                block0:
                  move =v0 r2
                  add =v1 =!v2 !v0
                  move =r2 v1
                  return r2
                """)).isEqualTo("""
                block0:
                  move r2 r2
                  add r1 r0 r2
                  move r2 r1
                  return r2
                """);
    }

    @Test
    void valueAliveAcrossACallLivesInARegisterThatTheCallSpares() {
        assertThat(allocate("""
                block0:
                  move =v0 r0
                  call
                  move =r0 v0
                  return r0
                """)).isEqualTo("""
                block0:
                  move r3 r0
                  call
                  move r0 r3
                  return r0
                """);
    }

    @Test
    void valueIsStoredOnceWhereDefinedAndLoadedAfterCalls() {
        assertThat(allocate("""
                block0:
                  move =f0 x0
                  call
                  call
                  use f0
                  return
                """)).isEqualTo("""
                block0:
                  move x0 x0
                  -> slot0 from x0
                  call
                  call
                  -> x0 from slot0
                  use x0
                  return
                """);
    }

    @Test
    void parametersChangePlacesThroughTheScratchRegister() {
        assertThat(allocate("""
                block0:
                  move =v0 r0
                  move =v1 r1
                  jump block1(v0 v1)
                block1(v2 v3) loop 1:
                  test v2 v3
                  branch v2 block2 block3
                block2 loop 1:
                  jump block1(v3 v2)
                block3:
                  return v2
                """)).isEqualTo("""
                block0:
                  move r0 r0
                  move r1 r1
                  jump block1
                block1:
                  test r0 r1
                  branch r0 block2 block3
                block2:
                  -> x15 from r1
                  -> r1 from r0
                  -> r0 from x15
                  jump block1
                block3:
                  return r0
                """);
    }

    @Test
    void valueNotNeededInALoopGivesWayToThoseThatAre() {
        String allocated = allocate("""
                block0:
                  move =v0 r0
                  move =v1 r1
                  move =v2 r2
                  move =v3 r3
                  use v0
                  jump block1
                block1 loop 1:
                  add =v4 v1 v2
                  add =v5 v4 v3
                  branch v5 block2 block3
                block2 loop 1:
                  jump block1
                block3:
                  use v0
                  return
                """);

        assertThat(allocated.substring(allocated.indexOf("block1:\n"), allocated.indexOf("block3:")))
                .doesNotContain("slot");
    }

    @Test
    void valuesThatDoNotLiveTogetherShareASpillSlot() {
        TextFunction function = TextFunction.parse("""
                block0:
                  move =f0 x0
                  call
                  use f0
                  move =f1 x0
                  call
                  use f1
                  return
                """);

        assertThat(new RegisterAllocator(FILE).allocate(function).slotCount()).isEqualTo(1);
    }

    @Test
    void readingWhatIsNotDefinedOnEveryPathIsRefused() {
        assertThatThrownBy(() -> allocate("""
                block0:
                  branch r0 block1 block2
                block1:
                  move =v0 r1
                  jump block3
                block2:
                  jump block3
                block3:
                  return v0
                """)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomFunctionsAreAllocatedCorrectly() {
        for (int seed = 0; seed < 3000; seed++) {
            String text = RandomFunction.write(seed);
            try {
                allocate(text);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + "\n" + text, e);
            }
        }
    }
}
