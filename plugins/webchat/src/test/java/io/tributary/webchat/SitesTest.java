package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.DeviceHandshake;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitesTest {

    private final FakeHost host = new FakeHost();
    private final Sites sites =
            new Sites(
                    List.of("https://www.example.com", "https://*.shop.example", "http://a.b:81"));

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com, true",
        "https://de.shop.example, true",
        "https://a.de.shop.example, true",
        "http://a.b:81, true",
        "https://shop.example, false",
        "https://evilshop.example, false",
        "https://.shop.example, false",
        "http://de.shop.example, false",
        "https://de.shop.example:8443, false",
        "https://www.example.com.evil.example, false",
        "https://www.example.com/, false",
        "https://de.shop.example/x, false",
        "https://x@de.shop.example, false",
        "http://a.b, false",
        "null, false",
        "'', false",
        "https://, false"
    })
    @DisplayName("only the origins that are named, and names below a pattern")
    void contains(String origin, boolean may) {
        assertThat(sites.contain(origin)).isEqualTo(may);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://",
                "ftp://a.b",
                "https://a.b/c",
                "https://u@a.b",
                "https://a.b?c",
                "https://*",
                "https://**.a",
                "www.example.com"
            })
    @DisplayName("settings name origins, and nothing else")
    void settings(String origin) {
        var settings = TestSettings.NONE.with("origins", List.of(origin));

        assertThat(new WebChatChannel().check(settings)).extracting("key").contains("origins");
    }

    @Test
    @DisplayName("a short identity key is refused")
    void shortKey() {
        var settings = Sample.settings().withSecret("identityKey", "too-short");

        assertThat(new WebChatChannel().check(settings))
                .extracting("key")
                .containsExactly("identityKey");
    }

    @Test
    @DisplayName("a visitor's address tells nothing of their secret, and is always the same")
    void address() {
        var guest = Objects.requireNonNull(admission(100).decide(Sample.handshake()).guest());

        assertThat(guest.address()).hasSize(22).isEqualTo(Admission.address(Sample.SECRET));
        assertThat(Sample.SECRET).doesNotContain(guest.address());
        assertThat(guest.line()).isEqualTo("www.example.com");
        assertThat(guest.language()).isEqualTo("de");
        assertThat(guest).hasToString("Guest[]");
    }

    @Test
    @DisplayName("more than so many connections from one network are refused, others are not")
    void connections() {
        var admission = admission(2);
        var here = Sample.handshake();

        assertThat(status(admission, here)).isEqualTo(101);
        assertThat(status(admission, here)).isEqualTo(101);
        assertThat(status(admission, here)).isEqualTo(429);
        assertThat(status(admission, from("198.51.100.1"))).isEqualTo(101);
        host.advance(Duration.ofSeconds(30));
        assertThat(status(admission, here)).isEqualTo(101);
        Stream.of("2001:db8::1", "2001:db8::2")
                .forEach(each -> assertThat(status(admission, from(each))).isEqualTo(101));
        assertThat(status(admission, from("2001:db8:0:0:ffff::3"))).isEqualTo(429);
        assertThat(status(admission, from("2001:db8:0:1::3"))).isEqualTo(101);
    }

    @Test
    @DisplayName("two origins are none")
    void twoOrigins() {
        var twice =
                new DeviceHandshake(
                        "",
                        Map.of(),
                        Map.of("origin", List.of(Sample.ORIGIN, Sample.ORIGIN)),
                        Sample.protocols(),
                        "192.0.2.7",
                        null);

        assertThat(status(admission(9), twice)).isEqualTo(403);
    }

    private Admission admission(int connections) {
        return new Admission(
                new Sites(List.of(Sample.ORIGIN)),
                new SiteTokens("account", List.of()),
                new Pace(connections, Duration.ofMinutes(1), host.clock()),
                host.clock());
    }

    private static DeviceHandshake from(String remote) {
        var usual = Sample.handshake();
        return new DeviceHandshake(
                "", usual.query(), usual.headers(), usual.subprotocols(), remote, null);
    }

    private static int status(Admission admission, DeviceHandshake handshake) {
        var refused = admission.decide(handshake).refused();
        return refused == null ? 101 : refused.status();
    }
}
