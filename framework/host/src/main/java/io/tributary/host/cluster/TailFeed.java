package io.tributary.host.cluster;

import io.tributary.host.journal.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// The newest rows of the log on their way from who appended them to the other members: one message
/// for each commit. Thread safe.
///
/// All of it are hints. Batches of several members come in any order, some not at all; of some only
/// the last position is told. Who reads checks that positions are contiguous and takes from the log
/// what is missing.
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
    private final AtomicLong missed = new AtomicLong();
    private final List<Consumer<List<Row>>> readers = new CopyOnWriteArrayList<>();
    private final List<LongConsumer> heads = new CopyOnWriteArrayList<>();
    private final SealedTopic topic;

    TailFeed(Surroundings grid) {
        this(grid, MOST_UNDER_WAY);
    }

    /// @param underWay bytes that may be under way to one member
    TailFeed(Surroundings grid, long underWay) {
        this.grid = grid;
        this.arrears = new Arrears(underWay);
        this.topic = new SealedTopic(grid, NAME, VERSION, ROOM, new Ear());
        topic.start();
    }

    /// Tells the other members what this one committed. Never waits and never throws, so it may be
    /// called on the journal's telling thread.
    ///
    /// @param rows in order of position
    public void publish(List<Row> rows) {
        if (rows.isEmpty() || grid.members().alone()) {
            return;
        }
        long weight = RowForm.weight(rows);
        if (weight > LARGEST) {
            grid.figures().lost(NAME, Loss.TOO_LARGE);
            miss(rows);
            topic.send(HINT_BYTES, () -> message(List.of(), 0));
        } else if (!topic.send(weight, () -> message(rows, weight))) {
            miss(rows);
        }
    }

    /// Calls `reader` with rows that another member committed, in order within one call only. On
    /// one thread: it hands over and returns. Close the answer to stop.
    public AutoCloseable onRows(Consumer<List<Row>> reader) {
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    /// Calls `reader` with a position that another member has reached, where the rows up to there
    /// are not sent: they have to be read from the log. Close the answer to stop.
    public AutoCloseable onHead(LongConsumer reader) {
        heads.add(reader);
        return () -> heads.remove(reader);
    }

    @Override
    public void close() {
        topic.close();
    }

    /// What is not sent is told with what is sent next.
    private void miss(List<Row> rows) {
        missed.accumulateAndGet(rows.getLast().position(), Math::max);
    }

    /// On the sending thread.
    private byte[] message(List<Row> rows, long weight) {
        List<Row> told = rows;
        if (!rows.isEmpty() && arrears.anyBehind(grid.members().others())) {
            grid.figures().lost(NAME, Loss.MEMBER_BEHIND);
            miss(rows);
            told = List.of();
        }
        var out =
                new WireWriter()
                        .octet(VERSION)
                        .octet(ROWS)
                        .number(arrears.sending(told.isEmpty() ? 0 : weight))
                        .number(missed.getAndSet(0));
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
            long head = message.number();
            List<Row> rows = RowForm.read(message);
            Long before = unsaid.put(sender, sent);
            unsaidBytes += before == null ? RowForm.weight(rows) : Math.max(0, sent - before);
            if (!rows.isEmpty()) {
                readers.forEach(each -> each.accept(rows));
            }
            if (head > 0) {
                heads.forEach(each -> each.accept(head));
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
