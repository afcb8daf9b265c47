package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How an account turns events into interactions, now and on every replay.
final class TranslateChecks {

    private final ContractSubject subject;

    TranslateChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.silver(
                        "the same event is always the same",
                        "Let translate() depend on settings and the arrival alone: no counters, no clock, no state.",
                        this::isPure),
                Check.bronze(
                        "translating touches nothing",
                        "Take what translate() needs from the event; what is known only when it comes belongs into its notes.",
                        this::touchesNothing),
                Check.bronze(
                        "its messages have a party and one of its channels",
                        "Give each message its party, and only channels that the descriptor says it speaks.",
                        this::isSane),
                Check.bronze(
                        "hostile events neither hang nor break it",
                        "Throw an exception for what cannot be read, and bound depth and length while reading.",
                        this::hostile));
    }

    private void isPure() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host);
                var other = subject.open(host)) {
            for (var arrival : subject.arrivals(host, account)) {
                var first = account.translate(arrival);
                host.advance(Duration.ofDays(1_000));

                assertThat(account.translate(arrival)).as("translated again").isEqualTo(first);
                assertThat(other.translate(arrival))
                        .as("translated by another member")
                        .isEqualTo(first);
            }
        }
    }

    private void touchesNothing() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            for (var arrival : subject.arrivals(host, account)) {
                account.translate(arrival);
            }
            assertThat(host.violations()).as("what translate may not do").isEmpty();
        }
    }

    private void isSane() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var inbounds = new ArrayList<Inbound>();
            for (var arrival : subject.arrivals(host, account)) {
                inbounds.addAll(account.translate(arrival));
            }
            var channels = subject.channel().descriptor().speaks();
            for (var inbound : inbounds) {
                if (subject.isSaid(inbound)) {
                    assertThat(inbound.party()).as("the party of a message").isNotNull();
                }
                if (inbound.channel() != null) {
                    assertThat(channels)
                            .as("the channels that it speaks")
                            .contains(inbound.channel());
                }
            }
        }
    }

    private void hostile() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            for (var arrival : subject.arrivals(host, account)) {
                for (var body : Hostile.bodies(arrival.event().body()).values()) {
                    translateOrThrow(account, with(arrival, body));
                }
            }
        }
    }

    /// An exception is a dead letter, which is fine here; an [Error] or a missed deadline is not,
    /// and passes through.
    private static void translateOrThrow(HostedAccount account, Arrival arrival) {
        try {
            assertThat(account.translate(arrival)).as("the translation").isNotNull();
        } catch (Exception deadLetter) {
            // As it should be: what cannot be translated is kept for repair.
        }
    }

    private static Arrival with(Arrival arrival, Bytes body) {
        var event = arrival.event();
        var other = new RawEvent(event.kind(), body, event.notes(), event.dedupe(), event.piece());
        return Arrival.of(other, arrival.receivedAt());
    }
}
