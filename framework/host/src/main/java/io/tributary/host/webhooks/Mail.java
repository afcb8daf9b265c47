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
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

    /// One event for one app.
    ///
    /// @param id of the event, the same with every attempt: the app knows by it what it has already
    record Letter(Setup to, String id, Bytes body) {}

    Mail(Posts posts, SigningSecrets secrets, Figures figures, InstantSource clock) {
        this.posts = posts;
        this.secrets = secrets;
        this.figures = figures;
        this.clock = clock;
    }

    /// Posts one event once.
    ///
    /// @param wanted asked when there is a place: whether it is to go out still
    /// @return empty: nothing went out, since it is not wanted or too many are under way
    Optional<Outcome> post(Letter letter, BooleanSupplier wanted) throws InterruptedException {
        if (!places.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        try {
            return wanted.getAsBoolean() ? Optional.of(posted(letter)) : Optional.empty();
        } finally {
            places.release();
        }
    }

    private Outcome posted(Letter letter) throws InterruptedException {
        long begun = System.nanoTime();
        Outcome outcome = answered(letter);
        figures.posted(letter.to().id(), outcome, System.nanoTime() - begun);
        return outcome;
    }

    private Outcome answered(Letter letter) throws InterruptedException {
        try {
            Setup to = letter.to();
            return outcome(
                    posts.post(
                            URI.create(to.url()),
                            headers(to, letter.id(), letter.body()),
                            letter.body()));
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

    private Outcome outcome(Posts.Answer answer) {
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

    private Outcome later(@Nullable String retryAfter, String text) {
        return Waits.asked(retryAfter, clock.instant())
                .<Outcome>map(time -> new Outcome.Later(time, text))
                .orElseGet(() -> new Outcome.Failed(text));
    }
}
