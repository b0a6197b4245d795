package dev.mayfly.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.compiler.code.CodeMap.Site;
import org.junit.jupiter.api.Test;

class CodeMapTest {

    @Test
    void entriesAreFoundByTheirExactOffset() {
        CodeMap.Builder builder = new CodeMap.Builder();
        for (int i = 0; i < 40; i++) {
            builder.add(i * 3, i % 2 == 0 ? Site.MEMORY_ACCESS : Site.CALL, 1000 + i);
        }
        CodeMap map = builder.build();

        assertThat(map.size()).isEqualTo(40);
        int found = map.find(9);
        assertThat(map.offset(found)).isEqualTo(9);
        assertThat(map.site(found)).isEqualTo(Site.CALL);
        assertThat(map.position(found)).isEqualTo(1003);
        assertThat(map.find(10)).isNegative();
    }

    @Test
    void entriesComeInTheOrderOfTheCode() {
        CodeMap.Builder builder = new CodeMap.Builder();
        builder.add(4, Site.TRAP, 1);

        assertThatThrownBy(() -> builder.add(4, Site.CALL, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
