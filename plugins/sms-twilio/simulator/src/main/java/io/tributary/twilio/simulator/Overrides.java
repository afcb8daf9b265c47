package io.tributary.twilio.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/// How often and how patiently Twilio calls a webhook, as the address's fragment says, such as
/// `#rc=5&rp=all` (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
///
/// @param connect `ct`, how long to wait for a connection
/// @param read `rt`, how long to wait for the answer
/// @param total `tt`, how long all attempts may take together
/// @param retries `rc`, how often it is tried again
/// @param on `rp`, after which failures: `ct`, `rt`, `4xx`, `5xx`, `all`
record Overrides(Duration connect, Duration read, Duration total, int retries, Set<String> on) {

    static Overrides of(URI url) {
        var fragment = Form.decode(url.getRawFragment());
        var policy = fragment.first("rp");
        return new Overrides(
                Duration.ofMillis(number(fragment.first("ct"), 100, 10_000, 5_000)),
                Duration.ofMillis(number(fragment.first("rt"), 100, 15_000, 15_000)),
                Duration.ofMillis(number(fragment.first("tt"), 100, 15_000, 15_000)),
                number(fragment.first("rc"), 0, 5, 1),
                policy.isEmpty() ? Set.of("ct") : Set.of(policy.split(",")));
    }

    boolean repeats(Webhook.Attempt attempt) {
        var kind = attempt.kind();
        return !kind.isEmpty() && (on.contains("all") || on.contains(kind));
    }

    private static int number(String text, int least, int most, int otherwise) {
        try {
            return Math.clamp(Integer.parseInt(text), least, most);
        } catch (NumberFormatException notGiven) {
            return otherwise;
        }
    }
}
