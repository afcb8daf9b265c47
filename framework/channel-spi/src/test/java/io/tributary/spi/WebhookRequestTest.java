package io.tributary.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a webhook request")
class WebhookRequestTest {

    private static final URI URL = URI.create("https://us.example/webhook?a=1&a=%C3%A9&b");

    private final WebhookRequest request =
            new WebhookRequest(
                    "POST",
                    URL,
                    "status",
                    Map.of("x-one", List.of("1"), "x-two", List.of("2", "3")),
                    Bytes.utf8("c=4"),
                    "192.0.2.1",
                    Instant.EPOCH);

    @Test
    @DisplayName("finds headers in whatever case")
    void headers() {
        assertThat(request.header("x-one")).isEqualTo("1");
        assertThat(request.header("X-One")).isEqualTo("1");
        assertThat(request.header("X-Two")).isEqualTo("2");
        assertThat(request.headers("X-TWO")).containsExactly("2", "3");
        assertThat(request.header("x-three")).isNull();
        assertThat(request.headers("x-three")).isEmpty();
    }

    @Test
    @DisplayName("calls a missing header by its name")
    void need() {
        assertThat(request.need("X-One")).isEqualTo("1");
        assertThatThrownBy(() -> request.need("X-Three"))
                .isInstanceOf(Malformed.class)
                .hasMessage("header X-Three is missing");
    }

    @Test
    @DisplayName("changes one header in a copy")
    void withers() {
        var changed = request.header("X-Two", "4").withoutHeader("X-One");

        assertThat(changed.headers()).isEqualTo(Map.of("x-two", List.of("4")));
        assertThat(request.headers("x-two")).containsExactly("2", "3");
    }

    @Test
    @DisplayName("reads its query and its form")
    void fields() {
        assertThat(request.query().all("a")).containsExactly("1", "é");
        assertThat(request.query().first("b")).isEmpty();
        assertThat(request.form().first("c")).isEqualTo("4");
    }

    @Test
    @DisplayName("prints neither headers nor query nor body")
    void silent() {
        assertThat(request).hasToString("WebhookRequest[POST status, Bytes[3]]");
    }
}
