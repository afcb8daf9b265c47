package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Folds;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.TimeOrderedIds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("insights")
final class InsightsTest {

    private static final AccountId SHOP = new AccountId("shop");
    private static final Insights.Pace SELDOM = new Insights.Pace(Duration.ofHours(1), 20_000);
    private static final Insights.Pace OFTEN = new Insights.Pace(Duration.ofMillis(1), 1L << 30);

    @TempDir Path folder = Path.of("");

    private final TimeOrderedIds ids = TimeOrderedIds.system();
    private final ConcurrentLinkedQueue<Long> asked = new ConcurrentLinkedQueue<>();
    private Journal journal;
    private ConversationId conversation;

    @SuppressWarnings("NullAway.Init") // opened before each test
    InsightsTest() {}

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        conversation = conversation();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private ConversationId conversation() {
        ConversationId id = ids.conversation();
        CustomerId customer = ids.customer();
        var channel = new ChannelId("pager");
        append(
                new Change.AddCustomer(customer, null, Instant.EPOCH),
                new Change.OpenConversation(
                        id, customer, channel, SHOP, "", "ada", null, null, Instant.EPOCH));
        return id;
    }

    private void append(Change... changes) {
        journal.append(Unit.of(changes)).join();
    }

    private void asks(int times) {
        said(Direction.INBOUND, times, Instant.now());
    }

    private void said(Direction direction, int times, Instant at) {
        for (int i = 0; i < times; i++) {
            var id = ids.interaction();
            append(
                    new Change.Append(
                            id,
                            conversation,
                            null,
                            new ChannelId("pager"),
                            SHOP,
                            direction,
                            "text",
                            Change.Weight.FROM_CUSTOMER,
                            at,
                            Bytes.utf8("{}")));
        }
    }

    private Insights started(Insights.Pace pace) {
        return started(pace, this::rows);
    }

    private Insights started(Insights.Pace pace, Insights.Source source) {
        return started(Insights.Counted.of(journal), source, pace);
    }

    private Insights started(LogReader log, Insights.Source source) {
        var counted = new Insights.Counted(log, journal.folds(), journal.clock());
        return started(counted, source, SELDOM);
    }

    private Insights started(Insights.Counted counted, Insights.Source source, Insights.Pace pace) {
        var insights =
                new Insights(
                        counted,
                        (position, limit) -> {
                            asked.add(position);
                            return source.after(position, limit);
                        },
                        pace);
        insights.start();
        return insights;
    }

    private Insights.Next rows(long position, int limit) {
        return new Insights.Next(journal.log().after(position, Filter.ALL, limit).rows(), true);
    }

    private static void caughtUp(Insights insights) {
        await().until(() -> insights.report().behind() == 0 && insights.report().position() > 0);
    }

    private static Insight shop(Insights insights) {
        return insights.report().insights().getFirst();
    }

    @Test
    @DisplayName("count what the log held before, and what comes")
    void counts() {
        asks(2);
        try (var insights = started(SELDOM)) {
            caughtUp(insights);
            assertThat(shop(insights).arrivals()).isEqualTo(2);
            assertThat(shop(insights).waiting()).isEqualTo(1);
            said(Direction.OUTBOUND, 1, Instant.now());
            await().until(() -> shop(insights).answered() == 1);
            assertThat(shop(insights).waiting()).isZero();
            assertThat(shop(insights).open()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("go on from what was kept at the end, and read only what came since")
    void goOn() {
        asks(5);
        try (var insights = started(SELDOM)) {
            caughtUp(insights);
        }
        close();
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        asked.clear();
        asks(1);

        try (var insights = started(SELDOM)) {
            await().until(() -> insights.report().position() == 6);
            assertThat(shop(insights).arrivals()).isEqualTo(6);
            assertThat(asked).allMatch(each -> each >= 5);
        }
    }

    @Test
    @DisplayName("are kept while they run, so that a crash costs little, and not by two at once")
    void keptOnTheWay() {
        asks(3);
        try (var insights = started(OFTEN)) {
            caughtUp(insights);
            await().until(() -> keptUpTo() == 3);
            try (var other = started(SELDOM)) {
                await().until(() -> other.report().position() == 3);
                assertThat(shop(other).arrivals()).isEqualTo(3);
            }
        }
        assertThat(keptUpTo()).isEqualTo(3);
    }

    private long keptUpTo() {
        return journal.folds().mark("insights").map(Folds.Mark::position).orElse(0L);
    }

    @Test
    @DisplayName("count anew where what was kept cannot be read")
    void unreadable() {
        asks(3);
        var mark = new Folds.Mark(1, 2, Instant.EPOCH);
        journal.folds().keep("insights", new Folds.Kept(mark, Bytes.utf8("of another version")));

        try (var insights = started(SELDOM)) {
            caughtUp(insights);
            assertThat(shop(insights).arrivals()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("leave out what the log keeps no more, and say how much is not counted yet")
    void retention() {
        said(Direction.INBOUND, 4, Instant.parse("2020-01-01T00:00:00Z"));
        asks(2);
        journal.dropBefore(Instant.parse("2021-01-01T00:00:00Z"));
        var permits = new Semaphore(0);

        try (var insights =
                started(
                        SELDOM,
                        (position, limit) -> {
                            permits.acquireUninterruptibly();
                            return rows(position, limit);
                        })) {
            assertThat(insights.report().behind()).isEqualTo(6);
            permits.release(1_000_000);
            caughtUp(insights);
            assertThat(shop(insights).arrivals()).isEqualTo(2);
            assertThat(insights.report().position()).isEqualTo(6);
        }
    }

    @Test
    @DisplayName(
            "count each once although the rows come again, with gaps, or not at all for a time")
    void gaps() {
        asks(20);
        var away = new AtomicBoolean(true);
        try (var insights =
                started(
                        SELDOM,
                        (position, limit) -> {
                            if (away.getAndSet(false)) {
                                throw new JournalUnavailable("made so by the test");
                            }
                            // from before, and a few at a time
                            List<Row> rows = rows(Math.max(0, position - 2), 5).rows();
                            return new Insights.Next(rows, false);
                        })) {
            await().until(() -> insights.report().position() == 20);
            assertThat(shop(insights).arrivals()).isEqualTo(20);
        }
        assertThat(away).isFalse();
    }

    @Test
    @DisplayName("count nothing of rows that were read while the log's timeline was raised")
    void raisedMeanwhile() {
        asks(4);
        var log = new RaisedLog(journal.log());
        try (var insights =
                started(
                        log,
                        (position, limit) -> {
                            if (log.timeline() > 1) {
                                return rows(position, limit);
                            }
                            // as they were before the fail-over: of other conversations
                            log.raise(0);
                            return new Insights.Next(Rows.between(1, 5), true);
                        })) {
            caughtUp(insights);
            assertThat(shop(insights).arrivals()).isEqualTo(4);
            assertThat(shop(insights).open()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("go on in a raised timeline if what they counted is there, and begin anew if not")
    void raised() {
        asks(4);
        var log = new RaisedLog(journal.log());
        try (var insights = started(log, this::rows)) {
            caughtUp(insights);
            asked.clear();
            log.raise(4);
            await().until(() -> asked.size() > 3);
            assertThat(asked).containsOnly(4L);

            asked.clear();
            log.raise(2);
            await().until(() -> asked.contains(0L));
            caughtUp(insights);
            assertThat(shop(insights).arrivals()).isEqualTo(4);
        }
    }

    /// The log after fail-overs.
    private static final class RaisedLog implements LogReader {

        private final LogReader real;
        private volatile int timeline = 1;
        private volatile long common = Long.MAX_VALUE;

        RaisedLog(LogReader real) {
            this.real = real;
        }

        /// @param last up to where the log is as it was
        void raise(long last) {
            common = last;
            timeline++;
        }

        @Override
        public long identity() {
            return real.identity();
        }

        @Override
        public int timeline() {
            return timeline;
        }

        @Override
        public long lastCommon(int of) {
            return common;
        }

        @Override
        public long head() {
            return real.head();
        }

        @Override
        public long oldest() {
            return real.oldest();
        }

        @Override
        public Page after(long position, Filter filter, int limit) {
            return real.after(position, filter, limit);
        }

        @Override
        public Optional<Row> byId(InteractionId id) {
            return real.byId(id);
        }

        @Override
        public Optional<Row> at(long position) {
            return real.at(position);
        }

        @Override
        public Optional<Raw> raw(InteractionId id) {
            return real.raw(id);
        }
    }
}
