package io.tributary.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content.Receipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the result of a send")
class SendResultTest {

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 202, 204, 302, 303, 504})
    @DisplayName("is unknown where the answer does not say that it was not taken")
    void unknown(int status) {
        assertThat(SendResult.of(Http.Answer.of(status))).isInstanceOf(SendResult.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 308, 401, 402, 403, 407})
    @DisplayName("stops the account where no message would do better")
    void stopped(int status) {
        assertThat(SendResult.of(Http.Answer.of(status)))
                .isInstanceOf(SendResult.AccountStopped.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 410, 413, 422, 499, 501, 505})
    @DisplayName("is a refusal where the same request would fail again")
    void rejected(int status) {
        assertThat(SendResult.of(Http.Answer.of(status))).isInstanceOf(SendResult.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource({
        "408,MESSAGE",
        "425,MESSAGE",
        "429,ACCOUNT",
        "500,MESSAGE",
        "502,MESSAGE",
        "503,ACCOUNT",
        "599,MESSAGE"
    })
    @DisplayName("is a retry where it was not taken now")
    void retry(int status, Scope scope) {
        assertThat(SendResult.of(Http.Answer.of(status)))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> {
                            assertThat(retry.scope()).isEqualTo(scope);
                            assertThat(retry.after()).isZero();
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30|PT30S",
                "0|PT0S",
                "99999999999999999999|PT24H",
                "86401|PT24H",
                "Tue, 15 Nov 1994 08:13:31 GMT|PT1M",
                "Tue, 15 Nov 1994 08:00:00 GMT|PT0S",
                "Mon, 15 Nov 2094 08:00:00 GMT|PT24H",
                "soon|PT0S",
                "-5|PT0S",
            })
    @DisplayName("waits as long as Retry-After says, by the provider's own clock")
    void retryAfter(String header, Duration expected) {
        var answer =
                Http.Answer.of(503)
                        .header("Date", "Tue, 15 Nov 1994 08:12:31 GMT")
                        .header("Retry-After", header);

        assertThat(SendResult.of(answer))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.after()).isEqualTo(expected));
    }

    @Test
    @DisplayName("leaves a date without a clock to the host's back-off")
    void dateWithoutClock() {
        var answer = Http.Answer.of(429).header("Retry-After", "Tue, 15 Nov 1994 08:13:31 GMT");

        assertThat(SendResult.of(answer))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class, retry -> assertThat(retry.after()).isZero());
    }

    @Test
    @DisplayName("of a failed call depends on whether the request was written")
    void failure() {
        assertThat(SendResult.of(new Http.Failure("refused", false, null)))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.scope()).isEqualTo(Scope.ACCOUNT));
        assertThat(SendResult.of(new Http.Failure("reset", true, null)))
                .isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    @DisplayName("keeps what was taken, also where the rest failed")
    void having() {
        var taken = List.of(new Sent(1, "a"), new Sent(1, "b"));

        assertThat(
                        List.of(
                                SendResult.accepted().having(taken),
                                SendResult.retry("busy", "later").having(taken),
                                SendResult.rejected("no", "never").having(taken),
                                SendResult.recipientGone("gone", "away").having(taken),
                                SendResult.accountStopped("off", "pay").having(taken),
                                SendResult.unknown("lost", "who knows").having(taken)))
                .extracting(SendResult::sent)
                .containsOnly(taken);
    }

    @Test
    @DisplayName("of success says how far it got and where to")
    void accepted() {
        var accepted = SendResult.accepted("a", "b").reached(Receipt.Status.SENT).at("+1");

        assertThat(accepted.sent()).containsExactly(Sent.whole("a"), Sent.whole("b"));
        assertThat(accepted.reached()).isEqualTo(Receipt.Status.SENT);
        assertThat(accepted.address()).isEqualTo("+1");
        assertThat(accepted.toString()).doesNotContain("+1");
    }
}
