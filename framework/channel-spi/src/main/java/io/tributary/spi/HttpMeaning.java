package io.tributary.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// The usual meaning of HTTP statuses (RFC 9110, section 15) for a send; the table stands at
/// [SendResult#of(Http.Answer)].
final class HttpMeaning {

    private static final Duration LONGEST = Duration.ofDays(1);

    private HttpMeaning() {}

    static SendResult of(Http.Answer answer) {
        int status = answer.status();
        var code = "http-" + status;
        var text = "the provider answered " + status;
        return switch (status) {
            case 301, 307, 308 ->
                    SendResult.accountStopped(code, text + ": check the address in the settings");
            case 401, 402, 403, 407 ->
                    SendResult.accountStopped(code, text + ": check the account's credentials");
            case 408, 425 -> SendResult.retry(retryAfter(answer), Scope.MESSAGE, code, text);
            case 429, 503 -> SendResult.retry(retryAfter(answer), Scope.ACCOUNT, code, text);
            case 501, 505 -> SendResult.rejected(code, text);
            case 504 -> SendResult.unknown(code, text);
            default -> byClass(answer, code, text);
        };
    }

    private static SendResult byClass(Http.Answer answer, String code, String text) {
        return switch (answer.status() / 100) {
            case 4 -> SendResult.rejected(code, text);
            case 5 -> SendResult.retry(retryAfter(answer), Scope.MESSAGE, code, text);
            default -> SendResult.unknown(code, text);
        };
    }

    /// RFC 9110, section 10.2.3; zero where it is missing or unreadable.
    private static Duration retryAfter(Http.Answer answer) {
        var value = answer.header("retry-after");
        if (value == null) {
            return Duration.ZERO;
        }
        var wait = isDigits(value) ? seconds(value) : untilDate(value, answer.header("date"));
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Duration untilDate(String until, @Nullable String now) {
        if (now == null) {
            return Duration.ZERO;
        }
        try {
            return Duration.between(date(now), date(until));
        } catch (DateTimeParseException unreadable) {
            return Duration.ZERO;
        }
    }

    private static Instant date(String text) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(next -> next >= '0' && next <= '9');
    }
}
