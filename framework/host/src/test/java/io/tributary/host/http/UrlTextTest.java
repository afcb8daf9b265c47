package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Percent-encoded text")
final class UrlTextTest {

    @Property
    void comesBackAsItWasWritten(@ForAll @StringLength(max = 40) String name) {
        boolean whole =
                StandardCharsets.UTF_8.newEncoder().canEncode(name) && name.indexOf('\0') < 0;
        if (whole) {
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);

            assertThat(UrlText.query("q=" + encoded)).isEqualTo(Map.of("q", List.of(name)));
        }
    }

    @Property
    void thatIsAnythingIsReadOrRefused(@ForAll @StringLength(max = 40) String anything) {
        try {
            assertThat(UrlText.query(anything)).isNotNull();
            assertThat(UrlText.segment(anything)).isNotNull();
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED);
        }
    }

    @Test
    @DisplayName("keeps repeats and empty values, and a plus in a path")
    void details() {
        assertThat(UrlText.query("a=1&a=&b&&=x"))
                .isEqualTo(Map.of("a", List.of("1", ""), "b", List.of(""), "", List.of("x")));
        assertThat(UrlText.segment("a+b%2B")).isEqualTo("a+b+");
    }

    @Test
    @DisplayName("that is not UTF-8, overlong, cut off or a NUL is refused")
    void refused() {
        for (String wrong : List.of("%", "%4", "%zz", "%C3", "%C0%AF", "%ED%A0%80", "%00", "a%")) {
            assertThatThrownBy(() -> UrlText.segment(wrong)).isInstanceOf(Problem.class);
        }
        assertThatThrownBy(() -> UrlText.query("a&".repeat(201))).hasMessageContaining("200");
    }
}
