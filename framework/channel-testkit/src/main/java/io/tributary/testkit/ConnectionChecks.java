package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// How connections of an account bring what comes, come back and leave.
final class ConnectionChecks {

    private static final String FIRST = "the first";
    private static final String SECOND = "the second";
    private static final String THIRD = "the third";
    private static final int CUSTOMERS = 16;
    private static final String BRING_NOTHING =
            "connectionsBring() says that nothing comes on connections.";

    private final ContractSubject subject;
    private final ConnectionLeaving leaving;

    ConnectionChecks(ContractSubject subject) {
        this.subject = subject;
        this.leaving = new ConnectionLeaving(subject);
    }

    List<Check> all(Abilities abilities) {
        boolean bring = subject.connectionsBring();
        return List.of(
                Check.bronze(
                                "what comes on a connection is kept, in order",
                                "Let run() deliver through its slot what the provider brings, in that order, and"
                                        + " acknowledge when deliver() has returned.",
                                this::kept)
                        .onlyIf(bring, BRING_NOTHING),
                Check.silver(
                                "nothing is acknowledged to the provider that could not be stored",
                                "Acknowledge after deliver() has returned, never before and never when it throws,"
                                        + " and move a cursor in the same delivery or after it.",
                                this::notStored)
                        .onlyIf(bring, BRING_NOTHING),
                Check.silver(
                                "what was stored and not acknowledged is no second message",
                                "Give each event the key by which the provider knows it, and acknowledge what"
                                        + " deliver() says is a duplicate.",
                                this::unacknowledged)
                        .onlyIf(bring, BRING_NOTHING),
                Check.silver(
                                "a connection that is cut comes back",
                                "Let run() connect anew or throw when the provider is gone: it is called again.",
                                this::comesBack)
                        .onlyIf(bring, BRING_NOTHING),
                Check.silver(
                        "a provider that cannot be reached is not up",
                        "Report UP when the provider has let the connection in, not before; report what is"
                                + " the matter, or throw.",
                        this::unreachable),
                Check.bronze(
                        "a connection leaves when it is told to",
                        "Let run() end when it is interrupted, whatever it waits for, and when deliver()"
                                + " says that the lease is lost.",
                        leaving::leaves),
                Check.silver(
                                "several connections share the work",
                                "Let each connection take what its slot owns, or what the provider gives to"
                                        + " it alone.",
                                this::shares)
                        .onlyIf(abilities.slots() > 1, "The account has one slot.")
                        .onlyIf(bring, BRING_NOTHING),
                Check.bronze(
                        "what connections keep and log gives nothing away",
                        "Leave secrets out of events, and secrets and what customers say out of the log"
                                + " and of reported health.",
                        this::redacted),
                Check.gold(
                                "a connection goes on after a restart without gap or doubles",
                                "Keep the cursor in state, written in the delivery that it belongs to, or let the"
                                        + " provider keep what was not acknowledged.",
                                this::restarts)
                        .onlyIf(bring, BRING_NOTHING));
    }

    private void kept() throws Exception {
        try (var scene = ConnectedScene.begin(subject)) {
            scene.say(FIRST);
            scene.say(SECOND);
            scene.say(THIRD);

            scene.awaitStored(FIRST, SECOND, THIRD);
            scene.awaitAcknowledged(FIRST, SECOND, THIRD);
            assertThat(scene.host().deadLetters()).as("dead letters").isEmpty();
            assertThat(scene.host().violations()).as("what the calls may not do").isEmpty();
        }
    }

    private void notStored() throws Exception {
        try (var scene = ConnectedScene.begin(subject)) {
            scene.host().storeUnavailable(true);
            scene.say(FIRST);
            leaving.awaitRefused(scene, 0);
            scene.host().storeUnavailable(false);
            scene.simulator().cut();

            scene.awaitStored(FIRST);
        }
    }

    private void unacknowledged() throws Exception {
        try (var scene = ConnectedScene.begin(subject)) {
            scene.host().loseNextAnswer();
            scene.say(FIRST);
            scene.awaitStored(FIRST);
            scene.simulator().cut();

            scene.awaitAcknowledged(FIRST);
            assertThat(subject.said(scene.host()))
                    .as("messages, after one was stored and its acknowledgement was lost")
                    .containsExactly(FIRST);
        }
    }

    private void comesBack() throws Exception {
        try (var scene = ConnectedScene.begin(subject)) {
            scene.say(FIRST);
            scene.awaitStored(FIRST);
            scene.simulator().cut();
            scene.say(SECOND);

            scene.awaitStored(FIRST, SECOND);
        }
    }

    private void unreachable() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var connection = account.connect(0);
            subject.patience()
                    .until(
                            "run() to end or to report what is the matter",
                            () -> !connection.endings().isEmpty() || !host.reported().isEmpty());

            assertThat(host.reported())
                    .as("the health that is reported while nobody listens")
                    .noneMatch(said -> said.state() == Health.State.UP);
            subject.settings().secrets().forEach(host::assertRedacted);
        }
    }

    private void shares() throws Exception {
        try (var scene = ConnectedScene.begin(subject)) {
            var said = IntStream.range(0, CUSTOMERS).mapToObj(each -> "word " + each).toList();
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                scene.simulator().say(customer, said.get(customer));
            }
            subject.patience()
                    .until(
                            "what was said to be stored",
                            () -> subject.said(scene.host()).containsAll(said));
            scene.awaitAcknowledged(said.toArray(String[]::new));

            assertThat(scene.delivered())
                    .as("what the connections delivered together, each event once")
                    .containsExactlyInAnyOrderElementsOf(said);
        }
    }

    private void redacted() throws Exception {
        try (var scene = ConnectedScene.begin(subject)) {
            if (subject.connectionsBring()) {
                scene.say("a word to nobody else");
                scene.awaitStored("a word to nobody else");
                scene.simulator().cut();
                scene.say("another word to nobody else");
                scene.awaitStored("a word to nobody else", "another word to nobody else");
            } else {
                leaving.awaitRunning(scene.connections());
            }

            Redaction.assertKept(scene.host(), subject);
        }
    }

    private void restarts() throws Exception {
        var all = new ArrayList<>(List.of(FIRST, SECOND, THIRD));
        try (var scene = ConnectedScene.begin(subject)) {
            scene.say(FIRST);
            scene.awaitStored(FIRST);
            scene.account().close();
            scene.say(SECOND);
            try (var after = subject.open(scene.host(), scene.simulator().uri())) {
                after.connect();
                scene.say(THIRD);
                scene.awaitStored(all.toArray(String[]::new));
                scene.awaitAcknowledged(all.toArray(String[]::new));
            }
            assertThat(subject.said(scene.host()))
                    .as("what is stored after a restart")
                    .containsExactlyElementsOf(all);
        }
    }
}
