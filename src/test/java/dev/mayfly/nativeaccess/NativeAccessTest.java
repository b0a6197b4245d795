package dev.mayfly.nativeaccess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.nativeaccess.NativeAccess.Unavailable;
import org.junit.jupiter.api.Test;

class NativeAccessTest {

    @Test
    void saysWhichSystemIsNeeded() {
        assertThat(remedy(NativeAccess.probe("Mac OS X", "amd64", true))).contains("Mac OS X", "run it on Linux");
    }

    @Test
    void saysWhichProcessorIsNeeded() {
        assertThat(remedy(NativeAccess.probe("Linux", "aarch64", true))).contains("aarch64", "run it on x86-64");
    }

    @Test
    void saysHowToSwitchNativeAccessOn() {
        assertThat(remedy(NativeAccess.probe("Linux", "amd64", false))).contains("--enable-native-access=ALL-UNNAMED");
    }

    private static String remedy(NativeAccess access) {
        assertThat(access).isInstanceOf(Unavailable.class);
        String remedy = ((Unavailable) access).remedy();
        assertThat(remedy).doesNotContain("\n");
        return remedy;
    }
}
