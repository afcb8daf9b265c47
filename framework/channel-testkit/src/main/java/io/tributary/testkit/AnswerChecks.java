package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.opentest4j.TestAbortedException;

/// What an account makes of the ways in which a provider can answer a send, true and false ones.
final class AnswerChecks {

    private static final Duration WAIT = Duration.ofSeconds(97);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration IMPATIENCE = Duration.ofMillis(400);
    private static final Duration DRIP = Duration.ofMillis(1);
    private static final Instant THEIR_CLOCK = Instant.parse("2026-01-01T12:00:30Z");
    private static final int HUGE = 9 * 1024 * 1024;
    private static final int MOST_DRIPS = 500;
    private static final String PAGE = "<!doctype html><title>Sign in to this network</title>";

    private final ContractSubject subject;

    AnswerChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.silver(
                        "a provider that asks for patience gets it",
                        "Answer 429 and 503 with Retry after the time in Retry-After, seconds or date;"
                                + " SendResult.of(answer) does.",
                        this::patience),
                Check.silver(
                        "a provider's own failure is no verdict on the message",
                        "Answer 500 and 502 with Retry or Unknown, and 504 with Unknown;"
                                + " SendResult.of(answer) does.",
                        this::failure),
                Check.silver(
                        "what the provider refuses is not tried again",
                        "Answer 4xx but 408, 425 and 429 with Rejected, RecipientGone or"
                                + " AccountStopped, and 401 with AccountStopped.",
                        this::refusal),
                Check.silver(
                        "an answer that breaks off settles nothing",
                        "Use SendResult.of(failure): what was written and not wholly answered is"
                                + " Unknown.",
                        this::breaksOff),
                Check.silver(
                        "what was taken is known by the provider's ids",
                        "Answer what answerWhenTaken() says with Accepted and the ids in it.",
                        this::taken),
                Check.silver(
                        "a success that is not the provider's is none",
                        "Look for the provider's id in the answer, and answer 2xx without it with"
                                + " Unknown; SendResult.of(answer) does.",
                        this::nonsense));
    }

    private void patience() throws Exception {
        for (int status : new int[] {429, 503}) {
            var asks = Turn.answer(status);
            for (var answer :
                    List.of(
                            asks.retryAfter(WAIT),
                            asks.retryAfter(THEIR_CLOCK, THEIR_CLOCK.plus(WAIT)))) {
                assertThat(after(answer))
                        .as("the result of %s with %s", status, answer.headers())
                        .isInstanceOfSatisfying(
                                SendResult.Retry.class,
                                retry ->
                                        assertThat(retry.after())
                                                .as("how long it waits after %s", answer.headers())
                                                .isBetween(WAIT, Duration.ofDays(1)));
            }
        }
    }

    private void failure() throws Exception {
        for (int status : new int[] {500, 502}) {
            for (var answer : undressed(status)) {
                assertThat(after(answer))
                        .as("the result of %s", status)
                        .isInstanceOfAny(SendResult.Retry.class, SendResult.Unknown.class);
            }
        }
        for (var answer : undressed(504)) {
            assertThat(after(answer))
                    .as("the result of 504, when a gateway has waited in vain")
                    .isInstanceOf(SendResult.Unknown.class);
        }
    }

    private void refusal() throws Exception {
        for (int status : new int[] {400, 403, 404, 410, 413, 422}) {
            for (var answer : undressed(status)) {
                assertThat(after(answer))
                        .as("the result of %s", status)
                        .isInstanceOfAny(
                                SendResult.Rejected.class,
                                SendResult.RecipientGone.class,
                                SendResult.AccountStopped.class);
            }
        }
        for (var answer : undressed(401)) {
            assertThat(after(answer))
                    .as("the result of 401: no other message will do better")
                    .isInstanceOf(SendResult.AccountStopped.class);
        }
    }

    private void breaksOff() throws Exception {
        var whole = subject.hasAnswer() ? subject.answerWhenTaken() : Turn.answer(200);
        var body = whole.body().isEmpty() ? whole.body("text/plain", "a long answer") : whole;
        var turns = new LinkedHashMap<String, Turn>();
        turns.put("before the request was read", Turn.HANG_UP_UNREAD);
        turns.put("after the request was read", Turn.HANG_UP);
        turns.put("within the head", whole.cutWithinHead());
        turns.put("before the body", body.cutAfter(0));
        turns.put("within the body", body.cutAfter(body.body().length() / 2));
        turns.put("by more than anybody reads", whole.huge(HUGE));
        for (var turn : turns.entrySet()) {
            breaksOff(turn.getKey(), turn.getValue(), PATIENCE);
        }
        breaksOff("by silence", Turn.SILENCE, IMPATIENCE);
        breaksOff("by dripping for ever", body.dripping(IMPATIENCE.dividedBy(2)), IMPATIENCE);
    }

    private void breaksOff(String how, Turn turn, Duration patience) throws Exception {
        assertThat(after(turn, patience))
                .as("the result of an answer that breaks off %s", how)
                .isInstanceOf(SendResult.Unknown.class);
    }

    private void taken() throws Exception {
        var genuine = genuine();
        var turns = new ArrayList<>(List.of(genuine));
        if (genuine.body().length() <= MOST_DRIPS) {
            turns.add(genuine.dripping(DRIP));
        }
        for (var turn : turns) {
            assertThat(after(turn))
                    .as("the result of answerWhenTaken()")
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted ->
                                    assertThat(accepted.sent())
                                            .as("the provider's ids of what it took")
                                            .isNotEmpty());
        }
    }

    private void nonsense() throws Exception {
        var genuine = genuine();
        var naked = Turn.answer(genuine.status());
        var turns = new LinkedHashMap<String, Turn>();
        turns.put("other JSON", naked.body("application/json", "{\"nothing\":[]}"));
        turns.put("broken JSON", naked.body("application/json", "{\"id\""));
        turns.put("JSON without end", naked.body("application/json", "[".repeat(100_000)));
        turns.put("a page", naked.body("text/html", PAGE));
        turns.put("nothing", naked);
        if (String.valueOf(genuine.headers().get("content-type")).contains("json")) {
            turns.put("half of the genuine JSON", half(genuine));
            turns.put(
                    "the genuine JSON as a list",
                    genuine.body("application/json", "[" + genuine.body().utf8() + "]"));
        }
        for (var turn : turns.entrySet()) {
            assertThat(after(turn.getValue()))
                    .as("the result of %s with %s as its body", genuine.status(), turn.getKey())
                    .isInstanceOf(SendResult.Unknown.class);
        }
    }

    private Turn.Answer genuine() {
        if (!subject.hasAnswer()) {
            throw new TestAbortedException(
                    "answerWhenTaken() does not say how the provider answers what it took.");
        }
        return subject.answerWhenTaken();
    }

    private static Turn half(Turn.Answer answer) {
        return new Turn.Answer(
                answer.status(),
                answer.headers(),
                answer.body().slice(0, answer.body().length() / 2),
                answer.cutAfter(),
                answer.pause());
    }

    /// An error as the provider would not put it: by a proxy before it, say.
    private static List<Turn.Answer> undressed(int status) {
        return List.of(
                Turn.answer(status),
                Turn.answer(status).body("text/html", PAGE),
                Turn.answer(status).body("application/json", "{\"error\":"));
    }

    private SendResult after(Turn turn) throws Exception {
        return after(turn, PATIENCE);
    }

    private SendResult after(Turn turn, Duration patience) throws Exception {
        try (var provider = LoopbackProvider.playing(turn);
                var host = new FakeHost(patience);
                var account = subject.open(host, provider.uri())) {
            var result = account.send(subject.text(host.clock().instant()));
            subject.settings().secrets().forEach(host::assertRedacted);
            return result;
        }
    }
}
