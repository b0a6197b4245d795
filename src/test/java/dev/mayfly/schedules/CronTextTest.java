package dev.mayfly.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *",
                "  0  6 * * 1-5 ",
                "*/5 * * * * *",
                "0 0 1,15 * ?",
                "0 0 L-3 * *",
                "0 0 LW * *",
                "0 0 15W * *",
                "0 0 * JAN-MAR,DEC SUN",
                "0 0 * * 0",
                "0 0 * * 7",
                "0 0 * * 5L",
                "@yearly",
                "@annually",
                "@monthly",
                "@weekly",
                "@daily",
                "@midnight",
                "@hourly"
            })
    void takesWhatCronUsuallyTakes(String text) {
        assertThat(new CronText(text).violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "* * * * * * *", "daily"})
    void saysWhichFieldsThereAre(String text) {
        assertThat(new CronText(text).violations()).singleElement().asString().contains("5 fields");
    }

    @Test
    void namesEachFieldThatIsWrong() {
        assertThat(new CronText("60 24 * * MO").violations())
                .containsExactly(
                        "has '60' as its minute, which is none",
                        "has '24' as its hour, which is none",
                        "has 'MO' as its day of week, which is none");
    }

    @Test
    void refusesAMacroThatItDoesNotKnow() {
        assertThat(new CronText("@reboot").violations()).containsExactly("is no macro that is known");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(new CronText("0" + ",1".repeat(100) + " * * * *").violations())
                .hasSize(1);
    }
}
