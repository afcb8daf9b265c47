package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.tributary.spi.SendResult;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Telegram's refusals mean, in the words in which they were seen.
class RefusalsTest {

    private static BotAnswer answer(int status, String body) {
        return BotAnswer.of(Http.Answer.of(status).body(Bytes.utf8(body)), Sample.SECRET_TOKEN);
    }

    private static BotAnswer refusal(int code, String description) {
        return answer(
                code,
                "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}"
                        .formatted(code, description));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @DisplayName("each refusal is sorted")
    @CsvSource(
            delimiter = '|',
            value = {
                "400|Bad Request: chat not found|RecipientGone",
                "400|Bad Request: PEER_ID_INVALID|RecipientGone",
                "400|Bad Request: group chat was deactivated|RecipientGone",
                "400|Bad Request: message text is empty|Rejected",
                "400|Bad Request: message is too long|Rejected",
                "400|Bad Request: can't parse entities: unsupported start tag|Rejected",
                "400|Bad Request: not enough rights to send text messages to the chat|Rejected",
                "400|Bad Request: TOPIC_CLOSED|Rejected",
                "400|Bad Request: BUTTON_DATA_INVALID|Rejected",
                "401|Unauthorized|AccountStopped",
                "403|Forbidden: bot was blocked by the user|RecipientGone",
                "403|Forbidden: user is deactivated|RecipientGone",
                "403|Forbidden: bot was kicked from the supergroup chat|RecipientGone",
                "403|Forbidden: bot is not a member of the channel chat|RecipientGone",
                "403|Forbidden: bot can't initiate conversation with a user|RecipientGone",
                "403|Forbidden: bot can't send messages to bots|RecipientGone",
                "403|Forbidden: bot can't send messages to the user|Retry",
                "403|Forbidden: not enough rights|Rejected",
                "404|Not Found|AccountStopped",
                "413|Request Entity Too Large|Rejected",
                "429|Too Many Requests: retry after 5|Retry",
                "500|Internal Server Error|Unknown",
                "502|Bad Gateway|Unknown"
            })
    void sorted(int code, String description, String result) {
        assertThat(Refusals.of(refusal(code, description)).getClass().getSimpleName())
                .isEqualTo(result);
    }

    @Test
    @DisplayName("without Telegram's own form it was something in between that answered")
    void inBetween() {
        for (int status : new int[] {500, 501, 502, 504, 505, 520, 524, 599}) {
            assertThat(Refusals.of(answer(status, "<h1>Bad Gateway</h1>")))
                    .as("%s", status)
                    .isInstanceOf(SendResult.Unknown.class);
        }
        for (int status : new int[] {404, 410}) {
            assertThat(Refusals.of(answer(status, "<h1>Not Found</h1>")))
                    .as("%s", status)
                    .isInstanceOf(SendResult.AccountStopped.class);
        }
        assertThat(Refusals.of(answer(503, "down"))).isInstanceOf(SendResult.Retry.class);
        assertThat(Refusals.of(answer(403, "blocked here")))
                .isInstanceOf(SendResult.AccountStopped.class);
        assertThat(answer(200, "{\"ok\":true,\"result\":{}}").ok()).isTrue();
        assertThat(answer(200, "{\"ok\":true}").ok()).isFalse();
        assertThat(answer(500, "{\"ok\":true,\"result\":{}}").ok()).isFalse();
    }

    @Test
    @DisplayName("what Telegram wants is read with limits")
    void parameters() {
        assertThat(retryAfter("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter("-7")).isZero();
        assertThat(retryAfter("\"7\"")).isZero();
        assertThat(retryAfter("99999999999")).isEqualTo(Duration.ofDays(1));
        assertThat(retryAfter("1e99")).isZero();
        assertThat(
                        answer(400, "{\"ok\":false,\"parameters\":{\"migrate_to_chat_id\":-100}}")
                                .migratedTo())
                .isEqualTo(-100);
    }

    private static Duration retryAfter(String seconds) {
        return answer(429, "{\"ok\":false,\"parameters\":{\"retry_after\":" + seconds + "}}")
                .retryAfter();
    }
}
