package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is said of long texts of which only a part was surely taken.
class OutgoingTest {

    private static final TestSettings USUAL = Sample.settings().with("answerWithin", "10s");
    private static final OutboundMessage LONG =
            Sample.message(Content.text("0123456789".repeat(40)));

    private final AtomicLong time = new AtomicLong();
    private ExecutorService threads;
    private FakeHost host;
    private FarEnd far;
    private Link link;

    @BeforeEach
    void connect() throws Exception {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        host = new FakeHost();
        far = FarEnd.connect();
        link = far.link(Duration.ofSeconds(10), _ -> {});
    }

    @AfterEach
    void close() throws Exception {
        far.close();
        host.close();
        threads.close();
    }

    private Future<SendResult> sending(TestSettings settings, OutboundMessage message) {
        var outgoing = new Outgoing(host.context(settings), Profile.of(settings), time::get);
        Callable<SendResult> sending = () -> outgoing.send(message, link);
        return threads.submit(sending);
    }

    private void answer(int status, String body) throws Exception {
        var octets = Bytes.wrap(body.getBytes(StandardCharsets.US_ASCII));
        far.write(far.next().response(status, octets));
    }

    @Test
    @DisplayName("where there is no time to hear an answer the rest is submitted later")
    void slow() throws Exception {
        var result = sending(USUAL, LONG);
        var first = far.next();
        time.addAndGet(Duration.ofSeconds(20).toNanos());
        far.write(first.response(CommandStatus.OK, Bytes.wrap(new byte[] {'a', '1', 0})));

        assertThat(result.get()).isInstanceOf(SendResult.Retry.class);
        assertThat(result.get().sent()).containsExactly(Sent.whole("a1"));
    }

    @Test
    @DisplayName("a send that is cut off says what was taken before")
    void cutOff() throws Exception {
        var result = sending(USUAL, LONG);
        answer(CommandStatus.OK, "a1\0");
        far.next();
        threads.shutdownNow();

        assertThat(result.get()).isInstanceOf(SendResult.Unknown.class);
        assertThat(result.get().sent()).containsExactly(Sent.whole("a1"));
    }

    @Test
    @DisplayName("an id that is longer than any may be does not make unknown what was taken")
    void endlessId() throws Exception {
        var result = sending(USUAL, Sample.message(Content.text("a")));
        answer(CommandStatus.OK, "x".repeat(200));

        assertThat(result.get()).isInstanceOf(SendResult.Accepted.class);
        assertThat(result.get().sent()).hasSize(1);
    }

    @Test
    @DisplayName("messages that bear one id, or none, count as many as they are")
    void alike() throws Exception {
        var alike = sending(USUAL, LONG);
        answer(CommandStatus.OK, "same\0");
        answer(CommandStatus.OK, "same\0");
        answer(CommandStatus.OK, "same\0");
        assertThat(alike.get().sent()).hasSize(3).doesNotHaveDuplicates();
        assertThat(alike.get().sent().getFirst()).isEqualTo(Sent.whole("same"));

        var nameless = sending(USUAL, LONG);
        answer(CommandStatus.OK, "");
        answer(CommandStatus.OK, "\0");
        answer(CommandStatus.QUEUE_FULL, "");
        var before = nameless.get().sent();
        // what begins with the send's own key is none of the provider's ids
        assertThat(before).hasSize(2).noneMatch(each -> each.externalId().startsWith(Sample.KEY));
        var rest = sending(USUAL, LONG.attempt(2, before));
        answer(CommandStatus.OK, "");
        assertThat(rest.get().sent()).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    @Test
    @DisplayName("where it cannot be read how the beginning was cut the rest is sent later")
    void unreadableCut() throws Exception {
        var first = sending(USUAL, LONG);
        answer(CommandStatus.OK, "a1\0");
        answer(CommandStatus.QUEUE_FULL, "");
        var again = LONG.attempt(2, first.get().sent());

        host.stateUnreadable(true);
        assertThat(sending(USUAL, again).get())
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.reason().code()).isEqualTo("store"));
        host.stateUnreadable(false);

        var rest = sending(USUAL, again.attempt(3, first.get().sent()));
        answer(CommandStatus.OK, "a2\0");
        answer(CommandStatus.OK, "a3\0");
        assertThat(rest.get()).isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    @DisplayName("a cut that could not be noted is noted by the next attempt")
    void notedLater() throws Exception {
        host.storeUnavailable(true);
        var first = sending(USUAL, LONG);
        answer(CommandStatus.OK, "a1\0");
        answer(CommandStatus.QUEUE_FULL, "");
        assertThat(first.get()).isInstanceOf(SendResult.Retry.class);
        assertThat(host.counted()).containsEntry("cuts.unnoted", 1L);
        host.storeUnavailable(false);

        var again = LONG.attempt(2, first.get().sent());
        var second = sending(USUAL, again);
        answer(CommandStatus.QUEUE_FULL, "");
        assertThat(second.get()).isInstanceOf(SendResult.Retry.class);

        var other = sending(USUAL.with("concatenation", "udh16"), again);
        assertThat(other.get()).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    @DisplayName("what was begun is not ended in another cut: that is for somebody to see")
    void cutOtherwise() throws Exception {
        var first = sending(USUAL, LONG);
        answer(CommandStatus.OK, "a1\0");
        answer(CommandStatus.QUEUE_FULL, "");
        assertThat(first.get()).isInstanceOf(SendResult.Retry.class);
        var again = LONG.attempt(2, first.get().sent());

        for (var other :
                List.of(
                        USUAL.with("concatenation", "payload"),
                        USUAL.with("concatenation", "udh16"),
                        USUAL.with("alphabet", "latin1"))) {
            assertThat(sending(other, again).get()).isInstanceOf(SendResult.Unknown.class);
        }
        var rest = sending(USUAL, again);
        answer(CommandStatus.OK, "a2\0");
        answer(CommandStatus.OK, "a3\0");
        assertThat(rest.get().sent()).containsExactly(Sent.whole("a2"), Sent.whole("a3"));
    }
}
