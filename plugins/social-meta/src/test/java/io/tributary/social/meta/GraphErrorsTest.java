package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "400, 131047, 0, Rejected",
        "400, 131026, 0, Rejected",
        "400, 131049, 0, Rejected",
        "400, 131050, 0, Rejected",
        "400, 131008, 0, Rejected",
        "400, 131009, 0, Rejected",
        "400, 131030, 0, Rejected",
        "404, 132001, 0, Rejected",
        "400, 132015, 0, Rejected",
        "400, 100, 0, Rejected",
        "403, 10, 2018300, Rejected",
        "400, 33, 0, Retry",
        "400, 100, 33, Retry",
        "400, 100, 2534014, Rejected",
        "403, 10, 2018999, Retry",
        "403, 200, 99999999999, Retry",
        "403, 10, 2018278, Rejected",
        "403, 10, 2534022, Rejected",
        "403, 200, 1545041, Rejected",
        "400, 100, 2018001, RecipientGone",
        "400, 551, 0, RecipientGone",
        "401, 190, 463, AccountStopped",
        "400, 0, 0, AccountStopped",
        "403, 10, 0, AccountStopped",
        "403, 200, 0, AccountStopped",
        "400, 368, 0, Retry",
        "403, 131005, 0, Retry",
        "403, 131031, 0, Retry",
        "402, 131042, 0, Retry",
        "400, 133010, 0, Retry",
        "400, 4, 0, Retry",
        "429, 80007, 0, Retry",
        "429, 130429, 0, Retry",
        "400, 131048, 0, Retry",
        "400, 131056, 0, Retry",
        "500, 131000, 0, Retry",
        "503, 131016, 0, Retry",
        "500, 2, 0, Retry",
        "400, 131053, 0, Retry",
        "400, 1200, 0, Retry",
        "500, 1, 1357046, Unknown",
        "400, 999999, 0, Rejected",
        "500, 999999, 0, Retry",
        "429, 999999, 0, Retry",
        "401, 999999, 0, AccountStopped",
        "500, 99999999999999999, 0, Retry",
    })
    @DisplayName("the code says what a refusal means, whatever the HTTP status")
    void sorted(int status, long code, long subcode, String result) {
        assertThat(sorted(status, code, subcode, 1).getClass().getSimpleName()).isEqualTo(result);
    }

    @Test
    @DisplayName("who has to wait is who is too fast: the app, the number, or the pair")
    void scopes() {
        assertThat(retry(80007, 1).scope()).isEqualTo(Scope.ACCOUNT);
        assertThat(retry(130429, 1).scope()).isEqualTo(Scope.LINE);
        assertThat(retry(131048, 1).scope()).isEqualTo(Scope.LINE);
        assertThat(retry(131048, 1).after()).isEqualTo(Duration.ofMinutes(15));
        assertThat(retry(131056, 1).scope()).isEqualTo(Scope.ADDRESS);
        assertThat(retry(131000, 1).scope()).isEqualTo(Scope.MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 16", "3, 64", "6, 4096", "60, 4096"})
    @DisplayName("a pair waits four times as long at each attempt")
    void pair(int attempt, long seconds) {
        assertThat(retry(131056, attempt).after()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    @DisplayName("what Meta calls transient passes, and Retry-After is kept to")
    void transientTrouble() {
        var body = "{\"error\":{\"code\":777,\"is_transient\":true}}";
        var answer = answer(400, body).header("retry-after", "97");

        assertThat(GraphErrors.of(answer, 1, false))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(97)));
    }

    @Test
    @DisplayName("what is not of Meta's form was said by somebody in between")
    void gateways() {
        assertThat(GraphErrors.of(answer(502, "<html>"), 1, false))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(GraphErrors.of(answer(504, ""), 1, false))
                .isInstanceOf(SendResult.Unknown.class);
        assertThat(GraphErrors.of(answer(400, "{\"error\":\"no\"}"), 1, false))
                .isInstanceOf(SendResult.Rejected.class);
    }

    @Test
    @DisplayName("reasons are in our words: Meta's may quote what was sent")
    void words() {
        var body = "{\"error\":{\"code\":131047,\"message\":\"Dear Ada, your bill\"}}";

        var result = GraphErrors.of(answer(400, body), 1, false);

        assertThat(result.toString()).contains("use a template").doesNotContain("Ada");
        assertThat(GraphErrors.reason(131026).text()).contains("cannot be delivered");
        assertThat(GraphErrors.reason(777).text()).isEqualTo("Meta error 777");
    }

    @ParameterizedTest
    @CsvSource({"33, 0", "100, 33", "368, 0", "131005, 0", "131031, 0", "131042, 0", "133010, 0"})
    @DisplayName("what a number or page has lost makes it wait for an operator, and nobody else")
    void oneLine(int code, int subcode) {
        var result = (SendResult.Retry) sorted(400, code, subcode, 1);

        assertThat(result.scope()).isEqualTo(Scope.LINE);
        assertThat(result.after()).isEqualTo(Duration.ofMinutes(30));
        assertThat(GraphErrors.isForOperator(result)).isTrue();
        assertThat(GraphErrors.isForOperator(retry(130429, 1))).isFalse();
        assertThat(GraphErrors.isForOperator(retry(131048, 1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"401, 190", "400, 0", "403, 10", "403, 200", "401, 999999"})
    @DisplayName("a token of a line's own stops that line, the token of all stops all")
    void tokens(int status, int code) {
        var refused = answer(status, "{\"error\":{\"code\":%d}}".formatted(code));

        assertThat(GraphErrors.of(refused, 1, false)).isInstanceOf(SendResult.AccountStopped.class);
        assertThat(GraphErrors.of(refused, 1, true))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.scope()).isEqualTo(Scope.LINE));
    }

    @Test
    @DisplayName("an unknown trouble with permissions makes its own message wait, nothing else")
    void unknownPermission() {
        var result = (SendResult.Retry) sorted(403, 10, 2018999, 1);

        assertThat(result.scope()).isEqualTo(Scope.MESSAGE);
        assertThat(result.after()).isEqualTo(Duration.ofMinutes(30));
    }

    private static SendResult.Retry retry(int code, int attempt) {
        return (SendResult.Retry) sorted(400, code, 0, attempt);
    }

    private static SendResult sorted(int status, long code, long subcode, int attempt) {
        var body =
                """
                {"error":{"message":"(#1) x","type":"OAuthException","code":%d,\
                "error_subcode":%d,"error_data":{"details":"y"},"fbtrace_id":"Az"}}\
                """
                        .formatted(code, subcode);
        return GraphErrors.of(answer(status, body), attempt, false);
    }

    private static Http.Answer answer(int status, String body) {
        return Http.Answer.of(status).body(Bytes.utf8(body));
    }
}
