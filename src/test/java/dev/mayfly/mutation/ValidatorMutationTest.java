package dev.mayfly.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.validation.ModuleValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever is uploaded is accepted or refused with a reason; nothing else comes out of the decoder. */
class ValidatorMutationTest {

    private static final int MUTANTS = 20_000;
    private static final long SEED = 20261122;

    private final ModuleValidator validator = new ModuleValidator();

    @Test
    void damagedModulesAreAcceptedOrRefusedWithAReason() {
        ModuleMutator mutator = new ModuleMutator(Corpus.commands(), new SplittableRandom(SEED));
        int accepted = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutator.next();
            accepted += accepts(mutant, i) ? 1 : 0;
        }
        // A mutator that breaks everything at the first byte would prove little.
        assertThat(accepted).isBetween(MUTANTS / 50, MUTANTS / 2);
    }

    @Test
    void theModulesThatMutantsAreMadeOfAreValid() {
        for (byte[] module : Corpus.commands()) {
            assertThatCode(() -> validator.validate(new ByteArrayInputStream(module)))
                    .doesNotThrowAnyException();
        }
    }

    private boolean accepts(byte[] module, int number) {
        try {
            validator.validate(new ByteArrayInputStream(module));
            return true;
        } catch (ModuleException e) {
            assertThat(e).as("mutant %d", number).hasMessageNotContaining("null");
            return false;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("mutant " + number + " of seed " + SEED, e);
        }
    }
}
