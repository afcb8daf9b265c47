package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Outcome;
import java.util.List;

/// What an account does with webhooks, genuine and others.
final class WebhookChecks {

    private final ContractSubject subject;

    WebhookChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                new Check("a genuine message is kept and acknowledged", this::genuine),
                new Check("a forged webhook leaves nothing behind", this::forged),
                new Check("the same webhook again is no second message", this::again),
                new Check("nothing is acknowledged that could not be stored", this::notStored),
                new Check("hostile bodies neither hang nor break it", this::hostile),
                new Check("kept events bear no secret", this::noSecretInEvents),
                new Check("what it logs gives nothing away", this::redacted));
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
