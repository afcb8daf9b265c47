package io.tributary.host.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a version")
final class SemanticVersionTest {

    /// Each is later than those before it.
    private static final List<String> RISING =
            List.of(
                    "0.9.9",
                    "1.0.0-0",
                    "1.0.0-2",
                    "1.0.0-10",
                    "1.0.0-SNAPSHOT",
                    "1.0.0-alpha",
                    "1.0.0-alpha.1",
                    "1.0.0-alpha.beta",
                    "1.0.0-beta.2",
                    "1.0.0-beta.11",
                    "1.0.0-rc1",
                    "1.0.0",
                    "1.9.0",
                    "1.10.0",
                    "2.0.0-rc1");

    @Test
    @DisplayName("is later than another as semantic versioning says")
    void order() {
        for (int i = 0; i < RISING.size(); i++) {
            for (int j = 0; j < RISING.size(); j++) {
                var one = SemanticVersion.parse(RISING.get(i));
                var other = SemanticVersion.parse(RISING.get(j));
                assertThat(Integer.signum(one.compareTo(other)))
                        .as("%s and %s", RISING.get(i), RISING.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    @DisplayName("is no later for the build that it names")
    void builds() {
        assertThat(SemanticVersion.parse("1.0.0+build.7"))
                .isEqualByComparingTo(SemanticVersion.parse("1.0.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.0",
                "one",
                "1.0.0.0",
                "01.0.0",
                "1.0.0-",
                "1.0.0-01",
                "1.0.0-a..b",
                "1.0.0+",
                "1.0.9999999999",
                " 1.0.0",
                "1.0.0\n",
                "1.0.0/../../x"
            })
    @DisplayName("in another form is none")
    void none(String text) {
        assertThatThrownBy(() -> SemanticVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
