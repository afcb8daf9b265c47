package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Outcome;
import java.util.List;
import java.util.Objects;

/// What an account does with webhooks, genuine and others.
final class WebhookChecks {

    private static final List<String> IN_ORDER = List.of("the first", "the second", "the third");

    private final ContractSubject subject;

    WebhookChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.silver(
                                "what comes together keeps its order",
                                "Split a webhook into its events in the order in which they stand in it.",
                                this::ordered)
                        .onlyIf(
                                subject.webhook(IN_ORDER) != null,
                                "webhookWithMessages() says that each webhook brings one message."),
                Check.bronze(
                        "a genuine message is kept and acknowledged",
                        "Let verify() accept webhookWithOneMessage() with a 2xx, and translate() make one interaction of it.",
                        this::genuine),
                Check.bronze(
                        "a forged webhook leaves nothing behind",
                        "Compare the whole signature over the raw bytes, in constant time, before anything is read or kept, and answer 4xx.",
                        this::forged),
                Check.silver(
                        "the same webhook again is no second message",
                        "Give each event the key by which the provider knows it: Dedupe.key, or Dedupe.print where it has none.",
                        this::again),
                Check.silver(
                        "nothing is acknowledged that could not be stored",
                        "Remember nothing in verify() but through the delivery: what was not stored comes again.",
                        this::notStored),
                Check.bronze(
                        "hostile bodies neither hang nor break it",
                        "Check the signature first, and answer what cannot be read with Refused or Malformed.",
                        this::hostile),
                Check.bronze(
                        "kept events bear no secret",
                        "Leave signatures and tokens out of events: they are kept for good.",
                        this::noSecretInEvents),
                Check.bronze(
                        "what it logs gives nothing away",
                        "Log neither secrets nor what customers say, nor exceptions that quote them.",
                        this::redacted));
    }

    private void genuine() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var received = account.webhook(subject.webhook());

            assertThat(received.problem()).as("why a genuine webhook was refused").isEmpty();
            assertThat(received.status()).as("the answer").isBetween(200, 299);
            assertThat(host.deadLetters()).as("dead letters").isEmpty();
            assertThat(host.stored()).as("what one message became").hasSize(1);
            assertThat(host.violations()).as("what the calls may not do").isEmpty();
        }
    }

    private void forged() throws Exception {
        var forgeries =
                Hostile.forgeries(
                        subject.webhook(), subject.signatureHeader(), subject.signsBody());
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            forgeries.forEach((name, forgery) ->
                    assertThat(account.webhook(forgery).status())
                            .as("the answer to a webhook %s", name)
                            .isBetween(400, 499));
            assertThat(host.stored()).as("what forged webhooks left").isEmpty();
            assertThat(host.deadLetters()).as("dead letters of forged webhooks").isEmpty();
            assertThat(host.state().list("")).as("state of forged webhooks").isEmpty();
        }
    }

    private void again() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            account.webhook(subject.webhook());
            var second = account.webhook(subject.webhook());

            assertThat(second.status()).as("the answer to a repeated webhook").isBetween(200, 299);
            assertThat(host.stored().stream().filter(stored -> !stored.possibleDuplicate()))
                    .as("messages that are not marked as possible duplicates")
                    .hasSize(1);
        }
    }

    private void ordered() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var several = Objects.requireNonNull(subject.webhook(IN_ORDER));
            account.webhook(several);
            account.webhook(several);

            assertThat(Spoken.in(host.stored()))
                    .as("what a webhook with three messages became, delivered twice")
                    .containsExactlyElementsOf(IN_ORDER);
        }
    }

    private void notStored() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            host.storeUnavailable(true);
            assertThat(account.webhook(subject.webhook()).status())
                    .as("the answer while the store is unavailable")
                    .isEqualTo(503);

            host.storeUnavailable(false);
            var repeated = account.webhook(subject.webhook());
            assertThat(repeated.outcomes())
                    .as("what became of the repeated webhook")
                    .extracting(Outcome::fate)
                    .contains(Outcome.Fate.STORED);
        }
    }

    private void hostile() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var good = subject.webhook();
            Hostile.bodies(good.body())
                    .forEach((name, body) ->
                            assertThat(account.webhook(good.body(body)).status())
                                    .as("the answer to a body of %s", name)
                                    .isLessThan(500));
        }
    }

    private void noSecretInEvents() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            for (var arrival : subject.arrivals(host, account)) {
                for (var secret : subject.settings().secrets()) {
                    var event = arrival.event();
                    assertThat(event.notes().values())
                            .as("notes, which are kept for good")
                            .noneMatch(note -> note.contains(secret));
                    assertThat(event.body().utf8())
                            .as("the body, which is kept for good")
                            .doesNotContain(secret);
                }
            }
        }
    }

    private void redacted() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            account.webhook(subject.webhook());
            var signature = subject.webhook().need(subject.signatureHeader());
            var refused =
                    account.webhook(subject.webhook().header(subject.signatureHeader(), "forged"));
            for (var secret : subject.settings().secrets()) {
                host.assertRedacted(secret);
                assertThat(refused.problem()).as("why it was refused").doesNotContain(secret);
            }
            host.assertRedacted(signature);
            Spoken.in(host.stored()).forEach(host::assertRedacted);
        }
    }
}
