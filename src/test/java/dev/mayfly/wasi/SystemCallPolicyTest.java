package dev.mayfly.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Storage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemCallPolicyTest {

    private static final SystemCallRule DENY = new SystemCallRule.Deny(Errno.ACCES);

    @Test
    void everyCallCanBeDeniedWithItsErrorBeforeItDoesAnything() {
        FakeGuest guest = guest(SystemCallPolicy.of(DENY, Map.of()));
        guest.putText(100, "x").vectors(0, 100, 1);
        for (SystemCall call : Preview1.calls()) {
            if (!call.name().equals("proc_exit")) {
                assertThat(guest.call(call.name(), 1, 0, 1, 64, 0, 0, 0, 0, 0))
                        .as(call.name())
                        .isEqualTo(Errno.ACCES);
            }
        }
        assertThat(guest.stdout.bytes()).isEmpty();
        assertThat(guest.getInt(64)).isZero();
    }

    @Test
    void everyCallCanEndTheGuest() {
        FakeGuest guest = guest(SystemCallPolicy.of(new SystemCallRule.Trap(), Map.of()));
        for (SystemCall call : Preview1.calls()) {
            GuestEndException end = catchThrowableOfType(
                    GuestEndException.class, () -> guest.call(call.name(), new long[SystemCall.MAX_PARAMETERS]));
            assertThat(end.end()).isEqualTo(new GuestEndException.End.CallDenied(call));
        }
    }

    @Test
    void exceptionsComeBeforeTheDefault() {
        FakeGuest guest = guest(SystemCallPolicy.of(DENY, Map.of(call("sched_yield"), new SystemCallRule.Allow())));
        assertThat(guest.call("sched_yield")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("random_get", 0, 1)).isEqualTo(Errno.ACCES);
    }

    @Test
    void aCallThatReturnsNothingIsNotDenied() {
        SystemCallPolicy policy = SystemCallPolicy.of(DENY, Map.of());
        assertThat(policy.rule(call("proc_exit"))).isEqualTo(new SystemCallRule.Allow());
        assertThat(policy.exceptions()).isEmpty();
        assertThatThrownBy(() -> SystemCallPolicy.of(new SystemCallRule.Allow(), Map.of(call("proc_exit"), DENY)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCeilingOnlyMakesStricter() {
        SystemCallPolicy policy = SystemCallPolicy.of(
                new SystemCallRule.Allow(), Map.of(call("fd_read"), new SystemCallRule.Trap(), call("fd_write"), DENY));
        SystemCallRule other = new SystemCallRule.Deny(Errno.PERM);
        SystemCallPolicy ceiling = SystemCallPolicy.of(
                new SystemCallRule.Allow(),
                Map.of(call("fd_read"), other, call("fd_write"), other, call("fd_seek"), other));
        SystemCallPolicy bounded = policy.within(ceiling);
        assertThat(bounded.rule(call("fd_read"))).isEqualTo(new SystemCallRule.Trap());
        assertThat(bounded.rule(call("fd_write"))).isEqualTo(DENY);
        assertThat(bounded.rule(call("fd_seek"))).isEqualTo(other);
        assertThat(bounded.rule(call("fd_tell"))).isEqualTo(new SystemCallRule.Allow());
        assertThat(bounded.within(ceiling)).isEqualTo(bounded).hasSameHashCodeAs(bounded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "trap", "deny:acces", "deny:notcapable", "deny:2big", "deny:nosys"})
    void rulesAreTexts(String text) {
        assertThat(SystemCallRule.of(text).map(Object::toString).orElse("none"))
                .isEqualTo(text.equals("deny:2big") ? "none" : text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ALLOW", "deny:", "deny:ACCES", "deny:success", "deny:acces ", "kill", "default"})
    void otherTextsAreNoRules(String text) {
        assertThat(SystemCallRule.of(text)).isEmpty();
    }

    @Test
    void denyAloneMeansNotCapable() {
        assertThat(SystemCallRule.of("deny")).contains(new SystemCallRule.Deny(Errno.NOTCAPABLE));
    }

    private static SystemCall call(String name) {
        return Preview1.call(name).orElseThrow();
    }

    private static FakeGuest guest(SystemCallPolicy policy) {
        return new FakeGuest(new Confinement(policy, FileLimits.DEFAULT, Storage.UNSHARED));
    }
}
