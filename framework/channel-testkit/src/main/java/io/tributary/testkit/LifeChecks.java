package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Arrival;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Inbound;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Reconciles;
import io.tributary.spi.Sends;
import io.tributary.spi.WebhookRequest;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/// Whether an account is one to live with for years.
final class LifeChecks {

    private final ContractSubject subject;

    LifeChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all(Abilities abilities) {
        boolean receives = abilities.have(ReceivesWebhooks.class);
        boolean sends = abilities.anywhere(Sends.class);
        var noWebhooks = "The account does not implement ReceivesWebhooks.";
        return List.of(
                Check.gold(
                                "a restart forgets nothing and repeats nothing",
                                "Keep what has to outlive the account in state or in the event, never in"
                                        + " fields.",
                                this::restarts)
                        .onlyIf(receives, noWebhooks),
                Check.gold(
                                "what really came is understood",
                                "Let verify() and translate() take every webhook of recordedWebhooks(), and take"
                                        + " secrets out of them with a Recorder.",
                                this::recorded)
                        .onlyIf(receives, noWebhooks),
                Check.gold(
                                "the signature covers the body",
                                "Let the provider sign what it posts, and override signsBody() no more.",
                                this::signed)
                        .onlyIf(receives, noWebhooks),
                Check.gold(
                                "what is unknown can be settled",
                                "Implement Reconciles, or name the receipts that the provider reports in the"
                                        + " capabilities.",
                                () -> settles(abilities))
                        .onlyIf(sends, "The account does not send."),
                Check.gold(
                                "its health can be asked",
                                "Implement ChecksHealth: operators see what is wrong before customers do.",
                                () -> hasHealth(abilities))
                        .onlyIf(abilities.haveProvider(), AbilityChecks.NO_PROVIDER));
    }

    private void restarts() throws Exception {
        try (var host = new FakeHost()) {
            List<Arrival> arrivals;
            List<Inbound> translated;
            try (var before = subject.open(host)) {
                before.webhook(subject.webhook());
                arrivals = subject.arrivals(host, before);
                translated = translated(before, arrivals);
            }
            try (var after = subject.open(host)) {
                assertThat(after.webhook(subject.webhook()).status())
                        .as("the answer to a webhook that came before the restart already")
                        .isBetween(200, 299);
                assertThat(host.stored().stream().filter(stored -> !stored.possibleDuplicate()))
                        .as("messages after a restart, and the same webhook again")
                        .hasSize(1);
                assertThat(translated(after, arrivals))
                        .as("the events from before, translated after the restart")
                        .isEqualTo(translated);
            }
        }
    }

    private static List<Inbound> translated(HostedAccount account, List<Arrival> arrivals)
            throws Exception {
        var translated = new ArrayList<Inbound>();
        for (var arrival : arrivals) {
            translated.addAll(account.translate(arrival));
        }
        return translated;
    }

    private void recorded() throws Exception {
        var recorded = subject.recorded();
        if (recorded.isEmpty()) {
            throw new TestAbortedException(
                    "recordedWebhooks() brings nothing that the provider really sent.");
        }
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            for (var webhook : recorded) {
                var received = account.webhook(webhook);
                assertThat(received.problem()).as("why a recorded webhook was refused").isEmpty();
                assertThat(received.status()).as("the answer to it").isBetween(200, 299);
                assertThat(Leaks.in(written(webhook), subject.settings().secrets()))
                        .as("whether a recorded webhook bears a secret of the account")
                        .isFalse();
            }
            assertThat(host.deadLetters())
                    .as("recorded webhooks that nobody understands")
                    .isEmpty();
            assertThat(host.stored()).as("what recorded webhooks became").isNotEmpty();
        }
    }

    private static String written(WebhookRequest webhook) {
        return webhook.url() + " " + webhook.headers() + " " + webhook.body().utf8();
    }

    private void signed() {
        if (!subject.signsBody()) {
            throw new TestAbortedException(
                    "The signature does not cover the body: who knows the token may say anything.");
        }
    }

    private void settles(Abilities abilities) throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            if (!abilities.anywhere(Reconciles.class)
                    && account.capabilities(subject.conversation()).receipts().isEmpty()) {
                throw new TestAbortedException(
                        "The account neither implements Reconciles nor names receipts: a send that"
                                + " was cut off stays unknown.");
            }
        }
    }

    private static void hasHealth(Abilities abilities) {
        if (!abilities.have(ChecksHealth.class)) {
            throw new TestAbortedException("The account does not implement ChecksHealth.");
        }
    }
}
