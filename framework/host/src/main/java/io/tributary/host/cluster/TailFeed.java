package io.tributary.host.cluster;

import io.tributary.host.journal.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The newest rows of the log on their way from who appended them to the other members: one message
/// for each commit. Thread safe.
///
/// All of it are hints. Batches of several members come in any order, some not at all; of some only
/// the last position is told. Who reads checks that positions are contiguous and takes from the log
/// what is missing. Every message says of which log and timeline it is; what is of another log or
/// an older timeline than ours reaches nobody.
public final class TailFeed implements AutoCloseable {

    private static final String NAME = "tail";
    private static final int VERSION = 1;
    private static final int ROWS = 1;
    private static final int READ = 2;

    /// A larger batch is no longer cheaper to send than to read from the log.
    static final long LARGEST = 1_000_000;

    private static final long ROOM = 16_000_000;
    private static final long HINT_BYTES = 64;
    private static final long MOST_UNDER_WAY = 32_000_000;
    private static final long SAY_AFTER_BYTES = 4_000_000;
    private static final long SAY_AFTER = Duration.ofMillis(500).toNanos();

    private final Surroundings grid;
    private final Arrears arrears;
    private final AtomicReference<@Nullable Reached> missed = new AtomicReference<>();
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final SealedTopic topic;

    /// Who is told what other members committed. Called on one thread: hands over and returns.
    ///
    /// The timeline was ours when the message came, and may be no more when it is used: who shows
    /// rows compares it with the log's under the lock that a change of the timeline takes.
    public interface Reader {

        /// Another member committed rows.
        ///
        /// @param rows in order of position within one call only
        void rows(LogTimeline timeline, List<Row> rows);

        /// Another member has reached a position, and the rows up to there are not sent: they have
        /// to be read from the log.
        void reached(LogTimeline timeline, long position);

        /// Another member's log is in a newer state than ours is known to be, so none of its rows
        /// is passed on. Time to ask the log; until it says the same, what we have may have been
        /// replaced. Called for each such message.
        void newer(LogTimeline timeline);
    }

    private record Reached(LogTimeline timeline, long position) {

        static Reached further(@Nullable Reached one, Reached other) {
            if (one == null || one.timeline.number() < other.timeline.number()) {
                return other;
            }
            return one.timeline.equals(other.timeline) && one.position < other.position
                    ? other
                    : one;
        }
    }

    TailFeed(Surroundings grid) {
        this(grid, MOST_UNDER_WAY);
    }

    /// @param underWay bytes that may be under way to one member
    TailFeed(Surroundings grid, long underWay) {
        this.grid = grid;
        this.arrears = new Arrears(underWay);
        this.topic = new SealedTopic(grid, NAME, VERSION, ROOM, new Ear());
    }

    void start() {
        topic.start();
    }

    /// Tells the other members what this one committed, under the timeline that the log has as this
    /// is called. Never waits and never throws, so it may be called on the journal's telling
    /// thread.
    ///
    /// @param rows in order of position
    public void publish(List<Row> rows) {
        if (rows.isEmpty() || grid.members().alone()) {
            return;
        }
        LogTimeline timeline = grid.log().get();
        long weight = RowForm.weight(rows);
        if (weight > LARGEST) {
            grid.figures().lost(NAME, Loss.TOO_LARGE);
            miss(timeline, rows);
            topic.send(HINT_BYTES, () -> message(timeline, List.of(), 0));
        } else if (!topic.send(weight, () -> message(timeline, rows, weight))) {
            miss(timeline, rows);
        }
    }

    /// Calls `reader` with what other members tell. Close the answer to stop.
    public AutoCloseable follow(Reader reader) {
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    @Override
    public void close() {
        topic.close();
    }

    /// What is not sent is told with what is sent next.
    private void miss(LogTimeline timeline, List<Row> rows) {
        missed.accumulateAndGet(new Reached(timeline, rows.getLast().position()), Reached::further);
    }

    /// On the sending thread.
    private byte[] message(LogTimeline timeline, List<Row> rows, long weight) {
        List<Row> told = rows;
        if (!rows.isEmpty() && arrears.anyBehind(grid.members().others())) {
            grid.figures().lost(NAME, Loss.MEMBER_BEHIND);
            miss(timeline, rows);
            told = List.of();
        }
        var out =
                new WireWriter()
                        .octet(VERSION)
                        .octet(ROWS)
                        .number(arrears.sending(told.isEmpty() ? 0 : weight));
        timeline.write(out);
        Reached head = missed.getAndSet(null);
        out.number(head != null && head.timeline().equals(timeline) ? head.position() : 0);
        RowForm.write(told, out);
        return out.toArray();
    }

    /// What the other members tell. On the hearing thread.
    private final class Ear implements SealedTopic.Hearer {

        /// What was read and not said yet, by who sent it.
        private final Map<UUID, Long> unsaid = new HashMap<>();

        private long unsaidBytes;
        private long said = System.nanoTime();

        @Override
        public void hear(UUID sender, WireReader message) {
            switch (message.octet()) {
                case ROWS -> rows(sender, message);
                case READ -> read(sender, message);
                default -> throw new Unreadable("a kind of message that there is not");
            }
        }

        private void rows(UUID sender, WireReader message) {
            long sent = message.number();
            LogTimeline timeline = LogTimeline.read(message);
            long head = message.number();
            List<Row> rows = RowForm.read(message);
            Long before = unsaid.put(sender, sent);
            unsaidBytes += before == null ? RowForm.weight(rows) : Math.max(0, sent - before);
            Optional<Loss> unlike = grid.unlike(NAME, sender, timeline);
            if (unlike.isPresent()) {
                if (unlike.get() == Loss.NEWER_TIMELINE) {
                    readers.forEach(each -> each.newer(timeline));
                }
                return;
            }
            if (!rows.isEmpty()) {
                readers.forEach(each -> each.rows(timeline, rows));
            }
            if (head > 0) {
                readers.forEach(each -> each.reached(timeline, head));
            }
        }

        private void read(UUID sender, WireReader message) {
            int count = message.count();
            for (int i = 0; i < count; i++) {
                UUID member = message.uuid();
                long bytes = message.number();
                if (member.equals(grid.members().selfId())) {
                    arrears.readUpTo(sender, bytes);
                }
            }
        }

        /// Says how far we are, now and then.
        @Override
        public void turn() {
            long now = System.nanoTime();
            if (unsaid.isEmpty() || (unsaidBytes < SAY_AFTER_BYTES && now - said < SAY_AFTER)) {
                return;
            }
            Map<UUID, Long> news = Map.copyOf(unsaid);
            unsaid.clear();
            unsaidBytes = 0;
            said = now;
            topic.send(
                    news.size() * 32L,
                    () -> {
                        var out = new WireWriter().octet(VERSION).octet(READ).number(news.size());
                        news.forEach((member, bytes) -> out.uuid(member).number(bytes));
                        return out.toArray();
                    });
        }
    }
}
