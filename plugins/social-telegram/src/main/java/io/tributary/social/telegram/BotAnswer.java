package io.tributary.social.telegram;

import io.tributary.spi.Http;
import io.tributary.spi.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the Bot API said (https://core.telegram.org/bots/api#making-requests).
///
/// @param http the answer itself
/// @param theirs whether it is in Telegram's own form; if not, something before it answered
/// @param code Telegram's error code, or the status of the answer
/// @param description why Telegram refused, without the token; empty where it does not say
/// @param body all that it said; of no use where it is not theirs
record BotAnswer(Http.Answer http, boolean theirs, int code, String description, JsonNode body) {

    private static final int LONGEST_DESCRIPTION = 200;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    static BotAnswer of(Http.Answer http, Secret token) {
        var body = StrictJson.read(http.body());
        if (body == null || !body.path("ok").isBoolean()) {
            return new BotAnswer(http, false, http.status(), "", StrictJson.object());
        }
        var code = StrictJson.number(body, "error_code");
        var said = StrictJson.text(body, "description");
        return new BotAnswer(
                http,
                true,
                code == null ? http.status() : Math.clamp(code, 0, 999),
                said == null ? "" : shown(said, token.reveal()),
                body);
    }

    private static String shown(String description, String token) {
        var secret = token.substring(token.indexOf(':') + 1);
        var text = description.replace(token, "***").replace(secret, "***");
        return text.length() > LONGEST_DESCRIPTION ? text.substring(0, LONGEST_DESCRIPTION) : text;
    }

    /// Whether Telegram did what was asked.
    boolean ok() {
        return theirs && http.successful() && StrictJson.flag(body, "ok") && body.has("result");
    }

    /// What it was asked for.
    JsonNode result() {
        return body.path("result");
    }

    /// How long Telegram wants to be left alone; zero where it does not say.
    Duration retryAfter() {
        var seconds = StrictJson.number(body.path("parameters"), "retry_after");
        if (seconds == null || seconds < 0) {
            return Duration.ZERO;
        }
        return seconds > LONGEST_WAIT.toSeconds() ? LONGEST_WAIT : Duration.ofSeconds(seconds);
    }

    /// The number under which a group goes on as a supergroup; null: it did not move.
    @Nullable Long migratedTo() {
        return StrictJson.number(body.path("parameters"), "migrate_to_chat_id");
    }

    /// Nothing that was said.
    @Override
    public String toString() {
        return "BotAnswer[" + code + "]";
    }
}
