package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("a provider on the loopback")
class LoopbackProviderTest {

    private static final Duration PATIENCE = Duration.ofMillis(400);

    @Test
    @DisplayName("plays its script turn by turn, and the last one again and again")
    void script() throws Exception {
        var now = Instant.parse("2026-01-01T00:00:00Z");
        try (var http = new FakeHttp(Duration.ofSeconds(10));
                var provider =
                        LoopbackProvider.playing(
                                Turn.answer(429).retryAfter(Duration.ofSeconds(7)),
                                Turn.answer(503).retryAfter(now, now.plusSeconds(60)),
                                Turn.answer(200).body("text/plain", "at last"))) {
            var call = Http.Call.get(provider.uri());

            assertThat(http.send(call).header("retry-after")).isEqualTo("7");
            assertThat(http.send(call).header("retry-after"))
                    .isEqualTo("Thu, 1 Jan 2026 00:01:00 GMT");
            assertThat(http.send(call).body().utf8()).isEqualTo("at last");
            assertThat(http.send(call).body().utf8()).isEqualTo("at last");
        }
    }

    @Test
    @DisplayName("remembers what it was asked")
    void remembers() throws Exception {
        try (var http = new FakeHttp(Duration.ofSeconds(10));
                var provider = LoopbackProvider.answering(200, "text/plain", "")) {
            http.send(
                    Http.Call.post(
                                    provider.uri().resolve("/pages?to=1"),
                                    "text/plain",
                                    Bytes.utf8("come ☕"))
                            .header("X-Key", "k"));
            http.send(Http.Call.get(provider.uri()));

            assertThat(provider.requests()).isEqualTo(2);
            var first = provider.asked().getFirst();
            assertThat(first.method()).isEqualTo("POST");
            assertThat(first.target()).isEqualTo("/pages?to=1");
            assertThat(first.header("x-KEY")).isEqualTo("k");
            assertThat(first.body().utf8()).isEqualTo("come ☕");
            assertThat(provider.asked().getLast().body().isEmpty()).isTrue();
        }
    }

    static Stream<Arguments> accidents() {
        var whole = Turn.answer(200).body("text/plain", "a whole answer");
        return Stream.of(
                Arguments.of("hangs up", Turn.HANG_UP, 1),
                Arguments.of("hangs up on what it has not read", Turn.HANG_UP_UNREAD, 0),
                Arguments.of("says nothing", Turn.SILENCE, 1),
                Arguments.of("hangs up within the head", whole.cutWithinHead(), 1),
                Arguments.of("hangs up before the body", whole.cutAfter(0), 1),
                Arguments.of("hangs up within the body", whole.cutAfter(5), 1),
                Arguments.of("drips", whole.dripping(Duration.ofMillis(200)), 1),
                Arguments.of("says too much", whole.huge(9 * 1024 * 1024), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accidents")
    @DisplayName("gives no whole answer when it")
    void accidents(String what, Turn turn, int read) throws Exception {
        try (var http = new FakeHttp(PATIENCE);
                var provider = LoopbackProvider.playing(turn)) {
            // What is asked by GET the client may ask twice.
            var call = Http.Call.post(provider.uri(), "text/plain", Bytes.utf8("do"));
            assertThatThrownBy(() -> http.send(call))
                    .as(what)
                    .isInstanceOfSatisfying(
                            Http.Failure.class, failure -> assertThat(failure.written()).isTrue());
            if (read > 0) {
                provider.awaitRequest(Duration.ofSeconds(10));
            }
            assertThat(provider.requests()).isEqualTo(read);
        }
    }

    @Test
    @DisplayName("is heard to the end when it is slow but not too slow")
    void drips() throws Exception {
        try (var http = new FakeHttp(Duration.ofSeconds(10));
                var provider =
                        LoopbackProvider.playing(
                                Turn.answer(200)
                                        .body("text/plain", "slowly")
                                        .dripping(Duration.ofMillis(5)))) {
            assertThat(http.send(Http.Call.get(provider.uri())).body().utf8()).isEqualTo("slowly");
        }
    }
}
