package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Outbox.Priority;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.spi.Account;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what goes out through devices")
final class WiresTest {

    /// So many sends are held in memory here.
    private static final int MOST = 16;

    private final ManualClock clock = new ManualClock();
    private final TestWires wires = new TestWires(new TestAccount(new Quiet()));
    private Journals journals;
    private Member member;

    /// Sends nothing itself: devices do.
    private static final class Quiet implements Account, HostsDevices {

        @Override
        public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) {
            return DeviceVerdict.refused(404, "nobody connects here");
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return List.of();
        }

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return Capabilities.NONE.with("text", Capabilities.Support.full()).start();
        }
    }

    @BeforeEach
    void open() {
        journals = new Journals(clock);
        member = member();
    }

    private Member member() {
        return new Member(journals.journal(), clock, new Quiet(), Member.PACE, wires, MOST);
    }

    @AfterEach
    void close() {
        member.close();
        journals.close();
    }

    private void comes(String device) {
        wires.come(device);
        member.dispatchers.wiresChanged(TestAccount.ID, device);
    }

    private void awaitSent(String... sent) {
        await().untilAsserted(() -> assertThat(wires.sent()).contains(sent));
    }

    private List<String> to(String address) {
        return wires.sent().stream().filter(each -> each.startsWith(address + " ")).toList();
    }

    @Test
    @DisplayName("waits for those who are away without keeping others waiting")
    void away() throws InterruptedException {
        wires.come("here");
        var away = IntStream.range(0, 60).mapToObj(i -> "away-" + i).toList();
        for (var each : away) {
            var conversation = member.conversation(each);
            member.reply(conversation, "1");
            member.reply(conversation, "2");
        }
        var here = member.conversation("here");
        member.reply(here, "before the start");
        member.start();
        awaitSent("here before the start");
        member.reply(here, "after it");
        awaitSent("here after it");

        away.forEach(this::comes);

        await().untilAsserted(() -> assertThat(wires.sent()).hasSize(122));
        for (var each : away) {
            assertThat(to(each)).containsExactly(each + " 1", each + " 2");
        }
        // a device has a message before its answer is written down
        await().untilAsserted(() ->
                assertThat(journals.journal().outbox().pending(TestAccount.ID, 0, 10)).isEmpty());
    }

    @Test
    @DisplayName("keeps its order however much of it waited, and whatever comes after it")
    void order() throws InterruptedException {
        wires.come("here");
        var conversations = new ArrayList<ConversationId>();
        for (int i = 0; i < 20; i++) {
            conversations.add(member.conversation("away-" + i));
        }
        for (int i = 0; i < 70; i++) {
            member.reply(conversations.get(i % 2), "early " + i);
        }
        for (var each : conversations) {
            member.reply(each, "late");
        }
        member.start();
        member.reply(member.conversation("here"), "hi");
        awaitSent("here hi");
        for (int i = 70; i < 150; i++) {
            member.reply(conversations.get(i % 2), "early " + i);
        }
        comes("away-0");
        await().untilAsserted(() -> assertThat(to("away-0")).hasSize(76));

        var said = new ArrayList<String>();
        IntStream.range(0, 70).filter(i -> i % 2 == 0).forEach(i -> said.add("away-0 early " + i));
        said.add("away-0 late");
        IntStream.range(70, 150)
                .filter(i -> i % 2 == 0)
                .forEach(i -> said.add("away-0 early " + i));
        assertThat(to("away-0")).containsExactlyElementsOf(said);
        assertThat(wires.sent()).hasSize(77);
    }

    private void bulk(ConversationId conversation, String text) throws InterruptedException {
        var _ = member.taken(Reply.of(conversation, Member.text(text).priority(Priority.BULK)));
    }

    @Test
    @DisplayName("keeps its order where an answer is met before the bulk that goes before it")
    void orderOfPriorities() throws InterruptedException {
        var held = new CountDownLatch(1);
        wires.come("slow", 1, _ -> held.await());
        var conversation = member.conversation("away");
        bulk(conversation, "1");
        for (int i = 0; i < 2 * MOST; i++) {
            wires.reach("slow-" + i, "slow");
            bulk(member.conversation("slow-" + i), "x");
        }
        bulk(conversation, "2");
        member.reply(conversation, "3");
        member.start();

        comes("away");
        await().untilAsserted(
                        () -> assertThat(to("away")).containsExactly("away 1", "away 2", "away 3"));
        held.countDown();
        await().untilAsserted(() -> assertThat(wires.sent()).hasSize(2 * MOST + 3));
    }

    @Test
    @DisplayName("comes back before the bulk that waited for the same device")
    void backFirst() throws InterruptedException {
        int many = 200;
        for (int i = 0; i < many; i++) {
            wires.reach("bulk-" + i, "gate");
            bulk(member.conversation("bulk-" + i), "x");
        }
        wires.reach("asked", "gate");
        member.reply(member.conversation("asked"), "answer");
        member.start();
        wires.come("here");
        member.reply(member.conversation("here"), "hi");
        awaitSent("here hi");

        wires.come("gate", 1, _ -> {});
        member.dispatchers.wiresChanged(TestAccount.ID, "gate");
        await().untilAsserted(() -> assertThat(wires.sent()).hasSize(many + 2));
        assertThat(wires.sent().indexOf("asked answer")).isBetween(0, MOST + 2);
    }

    @Test
    @DisplayName("ends in time although the device stays away")
    void expires() throws InterruptedException {
        wires.come("here");
        var waiting = new ArrayList<Interaction>();
        for (int i = 0; i < 40; i++) {
            waiting.add(
                    member.taken(
                            Reply.of(
                                    member.conversation("away-" + i),
                                    Member.text("hi").timeToLive(Duration.ofMinutes(10)))));
        }
        member.start();
        member.reply(member.conversation("here"), "hi");
        awaitSent("here hi");

        clock.advance(Duration.ofMinutes(10));

        await().untilAsserted(() ->
                assertThat(waiting.stream().map(member::state)).containsOnly(State.EXPIRED));
        assertThat(wires.sent()).containsExactly("here hi");
    }

    @Test
    @DisplayName("takes the next wire when the one that was found is shut before it could go")
    void shutWhileFound() throws InterruptedException {
        var first = wires.come("ada");
        var found = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        wires.answering =
                way -> {
                    found.countDown();
                    awaitQuietly(goOn);
                    return way;
                };
        member.start();
        member.reply(member.conversation("ada"), "hi");
        assertThat(found.await(20, TimeUnit.SECONDS)).isTrue();

        first.shut();
        comes("ada");
        goOn.countDown();

        awaitSent("ada hi");
    }

    @Test
    @DisplayName("takes another wire when the one it stands before is shut, though nobody told")
    void stranded() throws InterruptedException {
        var holds = new CountDownLatch(1);
        var first = new AtomicInteger();
        var wire =
                wires.come(
                        "ada",
                        1,
                        _ -> {
                            first.incrementAndGet();
                            holds.await();
                        });
        wires.reach("eve", "ada");
        var asked = new AtomicInteger();
        wires.answering =
                way -> {
                    asked.incrementAndGet();
                    return way;
                };
        member.start();
        member.reply(member.conversation("ada"), "one");
        await().until(() -> first.get() == 1);
        member.reply(member.conversation("eve"), "two");
        await().until(() -> asked.get() == 2);

        wire.shut();
        wires.come("ada");
        holds.countDown();

        awaitSent("ada one", "eve two");
        assertThat(first).hasValue(1);
    }

    @Test
    @DisplayName("goes where its customer has spoken while the way was being looked for")
    void spokeMeanwhile() throws InterruptedException {
        wires.come("new");
        wires.reach("ada", "old");
        var looking = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        wires.answering =
                way -> {
                    looking.countDown();
                    awaitQuietly(goOn);
                    return way;
                };
        member.start();
        var conversation = member.conversation("ada");
        member.reply(conversation, "hi");
        assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();

        var told = new AtomicLong();
        // listeners are told in turn: when this one is, the dispatchers have been
        var _ = journals.journal().onCommit(rows -> told.set(rows.getLast().position()));
        wires.reach("ada", "new");
        long position = member.customerSays(conversation, "I have a new one");
        await().until(() -> told.get() >= position);
        goOn.countDown();

        awaitSent("ada hi");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
