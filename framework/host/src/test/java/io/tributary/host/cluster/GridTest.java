package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.Signal;
import io.tributary.spi.Conversation;
import io.tributary.spi.SendsSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("members in one grid")
final class GridTest {

    private static final AccountId SHOP = new AccountId("shop");

    private static Grids grids;
    private static Grid ada;
    private static Grid bob;

    @BeforeAll
    static void join() throws Exception {
        grids = new Grids(3);
        ada = grids.join("ada");
        bob = grids.join("bob");
        Grids.awaitSize(2, ada, bob);
    }

    @AfterAll
    static void close() {
        grids.close();
    }

    @Test
    @DisplayName("see each other, and themselves")
    void members() {
        assertThat(ada.members().all())
                .extracting(GridMember::name, GridMember::self)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ada", true),
                        org.assertj.core.groups.Tuple.tuple("bob", false));
        GridMember seen = ada.members().all().getLast();
        assertThat(seen.uuid()).isEqualTo(bob.members().selfId());
        assertThat(seen.address()).matches("127\\.0\\.0\\.1:[0-9]+");
        assertThat(seen.since()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(ada.trouble()).isEmpty();
        assertThat(grids.gauge(ada, "tributary.grid.members")).isEqualTo(2);
        assertThat(grids.gauge(ada, "tributary.grid.joined")).isEqualTo(1);
    }

    @Test
    @DisplayName("tell each other what they committed, in its order, and themselves nothing")
    void tail() throws Exception {
        var heard = new Tail();
        var own = new Tail();
        List<Row> rows = Rows.between(1, 2_001);
        try (var _ = bob.tail().follow(heard);
                var _ = ada.tail().follow(own)) {
            for (int i = 0; i < rows.size(); i += 10) {
                ada.tail().publish(rows.subList(i, i + 10));
            }
            await().atMost(Grids.PATIENCE).until(() -> heard.rows.size() == rows.size());
            bob.tail().publish(Rows.between(5_000, 5_001));
            await().atMost(Grids.PATIENCE).until(() -> own.rows.size() == 1);
        }

        assertThat(heard.rows).containsExactlyElementsOf(rows);
        assertThat(heard.timelines).containsOnly(Grids.LOG);
        assertThat(own.rows).containsExactly(Rows.at(5_000));
    }

    @Test
    @DisplayName("are told only of a batch that is too large that it is there")
    void largeBatch() throws Exception {
        var heard = new Tail();
        try (var _ = bob.tail().follow(heard)) {
            ada.tail().publish(List.of(Rows.at(7), Rows.at(8, "x".repeat(1_100_000))));
            await().atMost(Grids.PATIENCE).until(() -> heard.head.get() == 8);
        }

        assertThat(heard.rows).isEmpty();
        assertThat(grids.lost(ada, "tail", Loss.TOO_LARGE)).isPositive();
    }

    @Test
    @DisplayName("hold nobody up who publishes, whatever the others do, and say what was left out")
    void slowReader() throws Exception {
        var stuck = new CountDownLatch(1);
        var heard = new Tail();
        String body = "x".repeat(900_000);
        try (var _ = bob.tail().follow(heard);
                var _ = bob.tail().follow(new Stuck(stuck))) {
            long began = System.nanoTime();
            for (int position = 10_001; position <= 10_100; position++) {
                ada.tail().publish(List.of(Rows.at(position, body)));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(2));
            await().atMost(Grids.PATIENCE)
                    .until(() ->
                            grids.lost(ada, "tail", Loss.NO_ROOM)
                                            + grids.lost(bob, "tail", Loss.NO_ROOM)
                                    > 0);
            stuck.countDown();
            await().atMost(Grids.PATIENCE)
                    .until(() -> {
                        ada.tail().publish(Rows.between(10_101, 10_102));
                        return heard.rows.stream().anyMatch(each -> each.position() == 10_101);
                    });
        }
        assertThat(heard.rows).filteredOn(each -> each.position() <= 10_100).hasSizeLessThan(100);
        assertThat(heard.head).hasValueGreaterThanOrEqualTo(10_001);
    }

    /// A reader that does not come back.
    private record Stuck(CountDownLatch until) implements TailFeed.Reader {

        @Override
        public void rows(LogTimeline timeline, List<Row> rows) {
            try {
                until.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void reached(LogTimeline timeline, long position) {}

        @Override
        public void newer(LogTimeline timeline) {}
    }

    @Test
    @DisplayName("tell each other signals")
    void signals() throws Exception {
        Queue<Object> heard = new ConcurrentLinkedQueue<>();
        var typing = Signal.of(Signal.Kind.TYPING, "+43 1", "+43 664 1234");
        var saying = Signal.transcript("", "ada", "my bike …").lasting(Duration.ofMinutes(3));
        var plain =
                Conversation.of(
                        new ConversationId(new UUID(1, 2)),
                        new ChannelId("pager"),
                        SHOP,
                        "",
                        "ada");
        var whole =
                plain.thread("t 1")
                        .locale(Locale.forLanguageTag("de-AT"))
                        .lastFromCustomer(Instant.parse("2026-11-22T12:00:00.123Z"));
        var read = new OurSignal(whole, SendsSignals.Kind.READ, "ext 7");
        var shows = new OurSignal(plain, SendsSignals.Kind.TYPING, null);
        try (var _ =
                bob.signals()
                        .onSignal(
                                new SignalFeed.Watcher() {
                                    @Override
                                    public void theirs(AccountId account, Signal signal) {
                                        assertThat(account).isEqualTo(SHOP);
                                        heard.add(signal);
                                    }

                                    @Override
                                    public void ours(OurSignal signal) {
                                        heard.add(signal);
                                    }
                                })) {
            ada.signals().publish(SHOP, typing);
            ada.signals().publish(SHOP, saying);
            ada.signals().publish(read);
            ada.signals().publish(shows);
            await().atMost(Grids.PATIENCE).until(() -> heard.size() == 4);
        }

        assertThat(heard).containsExactly(typing, saying, read, shows);
    }

    @Test
    @DisplayName("know who is connected to the others")
    void presence() {
        var agent = new Who.Agent("grace");
        var device = new Who.Device(SHOP, "watch-7");
        ada.presence().came(agent);
        ada.presence().came(device);
        bob.presence().came(agent);

        Grids.awaitElsewhere(bob, agent, device);
        Grids.awaitElsewhere(ada, agent);

        ada.presence().went(device);
        ada.presence().went(agent);
        Grids.awaitElsewhere(bob);
        Grids.awaitElsewhere(ada, agent);
        bob.presence().went(agent);
        Grids.awaitElsewhere(ada);
    }

    @Test
    @DisplayName("notice who comes and who goes, and forget whom the one that left knew")
    void comesAndGoes() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        var guest = new Who.Agent("guest");
        try (var _ = ada.members().onChange(all -> sizes.add(all.size()))) {
            Grid cleo = grids.join("cleo");
            Grids.awaitSize(3, ada, bob, cleo);
            cleo.presence().came(guest);
            Grids.awaitElsewhere(ada, guest);

            cleo.close();
            Grids.awaitSize(2, ada, bob);
            Grids.awaitElsewhere(ada);
            assertThat(cleo.members().all()).isEmpty();
            assertThat(cleo.trouble()).isEmpty();
            cleo.tail().publish(Rows.between(1, 2));
            cleo.signals().publish(SHOP, Signal.of(Signal.Kind.TYPING, "", "ada"));
            await().atMost(Grids.PATIENCE).until(() -> sizes.equals(List.of(3, 2)));
        }
    }
}
