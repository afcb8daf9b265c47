package io.tributary.host.webhooks;

import io.tributary.host.journal.WebhookRecords.Setup;
import io.tributary.host.secrets.SecretsUnusable;
import io.tributary.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Signs and posts, one attempt at a time for each webhook and not too many at once for all. Thread
/// safe; blocking.
final class Mail {

    private static final int AT_ONCE = 64;

    /// Shorter than what is left of a lease when an attempt begins, without the attempt.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Posts posts;
    private final SigningSecrets secrets;
    private final Figures figures;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Mail(Posts posts, SigningSecrets secrets, Figures figures, InstantSource clock) {
        this.posts = posts;
        this.secrets = secrets;
        this.figures = figures;
        this.clock = clock;
    }

    /// Posts one event once.
    ///
    /// @param id of the event, the same with every attempt: the app knows by it what it has already
    Outcome post(Setup to, String id, Bytes body) throws InterruptedException {
        if (!places.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            return new Outcome.Later(PATIENCE, "too many are under way on this member");
        }
        long begun = System.nanoTime();
        try {
            Outcome outcome = answered(to, id, body);
            figures.posted(to.id(), outcome, System.nanoTime() - begun);
            return outcome;
        } finally {
            places.release();
        }
    }

    private Outcome answered(Setup to, String id, Bytes body) throws InterruptedException {
        try {
            Posts.Answer answer = posts.post(URI.create(to.url()), headers(to, id, body), body);
            return outcome(answer);
        } catch (SecretsUnusable unusable) {
            return new Outcome.Failed("it cannot be signed: " + unusable.getMessage());
        } catch (IOException broken) {
            return new Outcome.Failed(String.valueOf(broken.getMessage()));
        }
    }

    private Map<String, String> headers(Setup to, String id, Bytes body) throws SecretsUnusable {
        Instant now = clock.instant();
        List<String> signatures = new ArrayList<>(2);
        for (String secret : secrets.open(to, now)) {
            signatures.add(Signature.of(secret, id, now, body));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/cloudevents+json");
        headers.put("user-agent", "Tributary");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", String.join(" ", signatures));
        return headers;
    }

    private static Outcome outcome(Posts.Answer answer) {
        int status = answer.status();
        if (status / 100 == 2) {
            return new Outcome.Delivered();
        }
        String text = "answered " + status;
        return switch (status) {
            case 410 -> new Outcome.Gone();
            case 429, 503 -> later(answer.retryAfter(), text);
            default -> new Outcome.Failed(text);
        };
    }

    private static Outcome later(@Nullable String retryAfter, String text) {
        try {
            return retryAfter == null
                    ? new Outcome.Failed(text)
                    : new Outcome.Later(Waits.asked(Long.parseLong(retryAfter.strip())), text);
        } catch (NumberFormatException date) {
            // a date by a clock that nobody here knows
            return new Outcome.Failed(text);
        }
    }
}
