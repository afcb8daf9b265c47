package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Target;
import io.tributary.smpp.simulator.Smsc;
import io.tributary.smpp.simulator.Taken;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Health;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.HostedConnection;
import io.tributary.testkit.TestSettings;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An account at an SMSC that works, or does not.
class ConnectionTest {

    private Smsc smsc;
    private FakeHost host;
    private HostedAccount account;

    @BeforeEach
    void start() throws Exception {
        smsc = Smsc.start(0);
        host = new FakeHost();
    }

    @AfterEach
    void close() throws Exception {
        if (account != null) {
            account.close();
        }
        host.close();
        smsc.close();
    }

    private TestSettings settings() {
        return Sample.settings(smsc.uri());
    }

    private HostedConnection connected(TestSettings settings) throws Exception {
        account = host.open(new SmppChannel(), settings);
        var connection = account.connect().getFirst();
        await().until(connection::up);
        return connection;
    }

    private static SendResult send(HostedConnection connection, String text) {
        return connection.send(Sample.message(Content.text(text)));
    }

    private List<Receipt.Status> receipts() {
        return host.stored().stream()
                .map(each -> each.inbound().content())
                .filter(Receipt.class::isInstance)
                .map(each -> ((Receipt) each).status())
                .toList();
    }

    @Test
    @DisplayName("a text comes, an answer goes, and its receipt is about it")
    void talks() throws Exception {
        var connection = connected(settings());
        smsc.say(Sample.CUSTOMER, Sample.LINE, "Ist offen? €");
        await().until(() -> host.stored().size() == 1);
        assertThat(host.stored().getFirst().inbound().content())
                .isEqualTo(Content.text("Ist offen? €"));

        var result = send(connection, "Yes, until six");
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        await().until(() -> host.stored().size() == 2);
        var receipt = host.stored().getLast().inbound();
        assertThat(receipt.target())
                .isEqualTo(Target.external(result.sent().getFirst().externalId()));
        assertThat(receipt.content()).isEqualTo(new Receipt(Receipt.Status.DELIVERED, null));
        assertThat(smsc.taken())
                .extracting(Taken::from, Taken::to, Taken::text)
                .containsExactly(tuple(Sample.LINE, Sample.CUSTOMER, "Yes, until six"));
        assertThat(smsc.mostBound()).isEqualTo(1);
    }

    @Test
    @DisplayName("a pair of sessions does what one does")
    void pair() throws Exception {
        var connection = connected(settings().with("bind", "pair"));
        smsc.say(Sample.CUSTOMER, Sample.LINE, "hello");
        assertThat(send(connection, "hi")).isInstanceOf(SendResult.Accepted.class);
        await().until(() -> host.stored().size() == 2);
        assertThat(smsc.bound()).isEqualTo(2);

        smsc.cut();
        await().until(() -> connection.begun() > 1 && connection.up());
        assertThat(smsc.bound()).isEqualTo(2);
    }

    @Test
    @DisplayName("when one of a pair is cut the other one still hears what is in flight")
    void pairInFlight() throws Exception {
        smsc.behaviour().holdAnswers(true);
        var connection = connected(settings().with("bind", "pair"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<SendResult> sending = () -> send(connection, "hello");
            var result = threads.submit(sending);
            await().until(() -> smsc.mostUnanswered() == 1);
            smsc.cutReceivers();
            await().until(() ->
                    host.reported().stream().anyMatch(each -> each.state() == Health.State.DOWN));
            smsc.behaviour().holdAnswers(false);
            assertThat(result.get()).isInstanceOf(SendResult.Accepted.class);
        }
        await().until(() -> connection.begun() > 1 && connection.up());
    }

    @Test
    @DisplayName("several binds share what comes, each message once")
    void several() throws Exception {
        connected(settings().with("binds", 3));
        await().until(() -> smsc.bound() == 3);
        var said = IntStream.range(0, 60).mapToObj(each -> "word " + each).toList();
        said.forEach(each -> smsc.say(Sample.CUSTOMER, Sample.LINE, each));

        await().until(() -> smsc.acknowledged().size() == 60);
        assertThat(host.stored())
                .extracting(each -> ((Content.Text) each.inbound().content()).text())
                .containsExactlyInAnyOrderElementsOf(said);
    }

    @Test
    @DisplayName("a receipt that comes before the answer, in another base, is about the message")
    void early() throws Exception {
        smsc.behaviour().earlyReceipts(true);
        smsc.behaviour().hexadecimalIds(true);
        var connection =
                connected(settings().with("idsInAnswers", "hex").with("idsInReceipts", "decimal"));
        var result = send(connection, "hello");

        await().until(() -> host.stored().size() == 1);
        assertThat(host.stored().getFirst().inbound().target())
                .isEqualTo(Target.external(result.sent().getFirst().externalId()));
        assertThat(smsc.taken().getFirst().id()).matches("[0-9A-F]+");
    }

    @Test
    @DisplayName("a receipt that comes before the answer and cannot be stored comes again")
    void earlyAndRefused() throws Exception {
        smsc.behaviour().earlyReceipts(true);
        var connection = connected(settings());
        host.storeUnavailable(true);
        assertThat(send(connection, "hello")).isInstanceOf(SendResult.Accepted.class);
        await().until(() -> smsc.answers().contains(CommandStatus.QUEUE_FULL));
        assertThat(host.stored()).isEmpty();

        host.storeUnavailable(false);
        await().until(() -> receipts().equals(List.of(Receipt.Status.DELIVERED)));
    }

    @Test
    @DisplayName("where the answer to what was taken is lost its receipt names what nobody knows")
    void answerLost() throws Exception {
        smsc.behaviour().loseNextAnswer();
        var result = send(connected(settings().with("answerWithin", "1s")), "hello");

        assertThat(result).isInstanceOf(SendResult.Unknown.class);
        assertThat(result.sent()).isEmpty();
        await().until(() -> receipts().equals(List.of(Receipt.Status.DELIVERED)));
        assertThat(host.stored().getFirst().inbound().target())
                .isEqualTo(Target.external(smsc.taken().getFirst().id()));
    }

    @Test
    @DisplayName("what cannot be delivered is told with its error")
    void undelivered() throws Exception {
        smsc.behaviour().state("UNDELIV");
        send(connected(settings()), "hello");

        await().until(() -> receipts().equals(List.of(Receipt.Status.FAILED)));
    }

    @Test
    @DisplayName(
            "an SMSC that throttles took nothing; one that is silent may have; then it goes on")
    void answers() throws Exception {
        var connection = connected(settings().with("answerWithin", "1s"));
        smsc.behaviour().refuseNext(0x58);
        smsc.behaviour().refuseNext(0x0B);
        smsc.behaviour().keepSilentNext();

        assertThat(send(connection, "a")).isInstanceOf(SendResult.Retry.class);
        assertThat(send(connection, "b")).isInstanceOf(SendResult.Rejected.class);
        assertThat(send(connection, "c")).isInstanceOf(SendResult.Unknown.class);
        assertThat(send(connection, "d")).isInstanceOf(SendResult.Accepted.class);
        assertThat(smsc.taken()).extracting(Taken::text).containsExactly("d");
    }

    @Test
    @DisplayName("a cut while an answer is waited for leaves it unknown, and the bind comes back")
    void cut() throws Exception {
        var connection = connected(settings());
        smsc.behaviour().keepSilentNext();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<SendResult> sending = () -> send(connection, "hello");
            var result = threads.submit(sending);
            await().until(() -> smsc.behaviour().allUsed());
            smsc.cut();
            assertThat(result.get()).isInstanceOf(SendResult.Unknown.class);
        }
        await().until(() -> connection.begun() > 1 && connection.up());
        assertThat(send(connection, "again")).isInstanceOf(SendResult.Accepted.class);
        assertThat(smsc.mostBound()).isEqualTo(1);
    }

    @Test
    @DisplayName("a long text goes on after what was taken of it")
    void goesOn() throws Exception {
        var connection = connected(settings());
        var text = "0123456789".repeat(40);
        smsc.behaviour().takeNext();
        smsc.behaviour().refuseNext(0x14);

        var first = connection.send(Sample.message(Content.text(text)));
        assertThat(first).isInstanceOf(SendResult.Retry.class);
        assertThat(first.sent()).hasSize(1);
        var again = Sample.message(Content.text(text)).attempt(2, first.sent());
        var second = connection.send(again);

        assertThat(second).isInstanceOf(SendResult.Accepted.class);
        assertThat(second.sent()).hasSize(2).doesNotContainAnyElementsOf(first.sent());
        assertThat(String.join("", smsc.taken().stream().map(Taken::text).toList()))
                .isEqualTo(text);
        assertThat(smsc.taken())
                .extracting(each -> each.octets().substring(0, 8))
                .containsOnly(smsc.taken().getFirst().octets().substring(0, 8));
        await().until(() -> receipts().size() == 3);
    }

    @Test
    @DisplayName("what was all taken is not sent again")
    void taken() throws Exception {
        var connection = connected(settings());
        var message = Sample.message(Content.text("a")).attempt(2, List.of(Sent.whole("7")));

        assertThat(connection.send(message).sent()).containsExactly(Sent.whole("7"));
        assertThat(smsc.taken()).isEmpty();
    }

    @Test
    @DisplayName("a long text comes together across a restart, whatever the order of its messages")
    void acrossRestart() throws Exception {
        connected(settings());
        offer(3, "three");
        offer(1, "one ");
        await().until(() -> smsc.acknowledged().size() == 2);
        account.close();
        assertThat(host.stored()).isEmpty();
        offer(2, "two ");

        connected(settings());
        await().until(() -> host.stored().size() == 1);
        assertThat(host.stored().getFirst().inbound().content())
                .isEqualTo(Content.text("one two three"));
    }

    private void offer(int number, String text) {
        var octets = Delivered.part(9, number, 3, text).octets().toArray();
        smsc.offer(Sample.CUSTOMER, Sample.LINE, 0x40, 0, HexFormat.of().formatHex(octets), text);
    }

    @ParameterizedTest
    @DisplayName(
            "while nothing can be stored the SMSC is told to offer it again, as it understands it")
    @ValueSource(strings = {"queue-full", "system-error"})
    void notStored(String refusal) throws Exception {
        host.storeUnavailable(true);
        connected(settings().with("refusal", refusal));
        smsc.say(Sample.CUSTOMER, Sample.LINE, "hello");
        int expected = refusal.equals("queue-full") ? 0x14 : 0x08;
        await().until(() -> smsc.answers().contains(expected));
        assertThat(smsc.acknowledged()).isEmpty();
        assertThat(smsc.answers()).containsOnly(expected);

        host.storeUnavailable(false);
        await().until(() -> smsc.acknowledged().equals(List.of("hello")));
        assertThat(host.stored()).hasSize(1);
    }

    @Test
    @DisplayName("an SMSC that does not answer whether it is there is left, and bound to anew")
    void deaf() throws Exception {
        smsc.behaviour().deaf(true);
        var connection = connected(settings().with("enquireLink", "1s").with("answerWithin", "1s"));

        await().until(() -> connection.begun() > 1);
        smsc.behaviour().deaf(false);
        await().until(connection::up);
    }

    @ParameterizedTest
    @DisplayName("wrong credentials stop the account until an operator acts")
    @ValueSource(ints = {0x0E, 0x0F})
    void refused(int status) throws Exception {
        smsc.behaviour().refuseBinds(status);
        account = host.open(new SmppChannel(), settings());
        account.connect();

        await().until(() -> !host.reported().isEmpty());
        assertThat(host.reported().getFirst().state()).isEqualTo(Health.State.STOPPED);
        host.assertRedacted(Smsc.PASSWORD);
    }

    @Test
    @DisplayName("a bind that is refused since there is one already comes when that has gone")
    void alreadyBound() throws Exception {
        smsc.behaviour().mostBinds(1);
        try (var before = host.open(new SmppChannel(), settings())) {
            var first = before.connect().getFirst();
            await().until(first::up);
            account = host.open(new SmppChannel(), settings());
            first.close();
            var second = account.connect().getFirst();
            await().until(second::up);
        }
        assertThat(smsc.mostBound()).isEqualTo(1);
    }

    @Test
    @DisplayName("several wait for an answer, and no more than the window has places")
    void window() throws Exception {
        smsc.behaviour().answerAfter(Duration.ofMillis(10));
        var connection = connected(settings().with("window", 3));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending =
                    IntStream.range(0, 60)
                            .mapToObj(each -> (Callable<SendResult>) () -> send(connection, "a"))
                            .toList();
            for (var each : threads.invokeAll(sending)) {
                assertThat(each.get()).isInstanceOf(SendResult.Accepted.class);
            }
        }
        assertThat(smsc.taken()).hasSize(60);
        assertThat(smsc.mostUnanswered()).isBetween(2, 3);
    }

    @Test
    @DisplayName(
            "its health is asked on the bind, and where there is none whether it can be reached")
    void health() throws Exception {
        var connection = connected(settings());
        var asks = (ChecksHealth) account.account();
        assertThat(asks.check().state()).isEqualTo(Health.State.UP);
        connection.close();
        assertThat(asks.check().state()).isEqualTo(Health.State.UP);
        assertThat(smsc.mostBound()).isEqualTo(1);
        smsc.close();
        // the system may let one more in while the socket is closed
        await().until(() -> asks.check().state() == Health.State.DOWN);
    }

    @Test
    @DisplayName("what does not fit into SMPP's fields is refused without a call")
    void unfit() throws Exception {
        var connection = connected(settings());
        var far = Sample.conversation(Sample.LINE, "1".repeat(21));

        assertThat(connection.send(Sample.message(far, Content.text("a"))))
                .isInstanceOf(SendResult.Rejected.class);
        assertThat(connection.send(Sample.message(Content.location(1, 2))))
                .isInstanceOf(SendResult.Rejected.class);
        assertThat(smsc.taken()).isEmpty();
    }
}
