package dev.mayfly.kvm;

import dev.mayfly.nativeaccess.NativeAccess;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class where no micro-VM can be made, with the reason that an operator would get. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresKvm.Condition.class)
public @interface RequiresKvm {

    /** Opens the device as the engine does. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return switch (NativeAccess.probe()) {
                case NativeAccess.Unavailable(String remedy) -> ConditionEvaluationResult.disabled(remedy);
                case NativeAccess.Available available -> {
                    try (Kvm kvm = Kvm.open(available.linux())) {
                        long state = kvm.cpuid().extendedState();
                        yield ConditionEvaluationResult.enabled("KVM works, with extended state " + state);
                    } catch (KvmUnavailableException e) {
                        yield ConditionEvaluationResult.disabled(e.getMessage());
                    }
                }
            };
        }
    }
}
