package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trusted proxies")
final class TrustedProxiesTest {

    private final TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8", "::1"));

    @Test
    @DisplayName("are believed as far as the chain is trusted, and nobody else is")
    void believed() {
        assertThat(proxies.client("10.1.2.3", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
        assertThat(proxies.client("10.1.2.3", List.of("203.0.113.66, 198.51.100.1", "10.9.9.9")))
                .isEqualTo("198.51.100.1");
        assertThat(proxies.client("192.0.2.1", List.of("198.51.100.1"))).isEqualTo("192.0.2.1");
        assertThat(proxies.client("::1", List.of("2001:db8::7"))).isEqualTo("2001:db8::7");
        assertThat(proxies.client("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
        assertThat(proxies.client("10.1.2.3", List.of("evil.example.com"))).isEqualTo("10.1.2.3");
        assertThat(proxies.client("10.1.2.3", List.of(""))).isEqualTo("10.1.2.3");
        assertThat(TrustedProxies.NONE.client("10.1.2.3", List.of("198.51.100.1")))
                .isEqualTo("10.1.2.3");
    }

    @Test
    @DisplayName("must be addresses or ranges")
    void mustBeRanges() {
        for (String wrong :
                List.of(
                        "proxy.example.com",
                        "10.0.0.0/33",
                        "10.0.0.0/-1",
                        "10.0.0.0/x",
                        "",
                        "/8")) {
            assertThatThrownBy(() -> TrustedProxies.of(List.of(wrong)))
                    .hasMessageContaining("http.trusted-proxies");
        }
    }
}
