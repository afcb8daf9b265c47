package io.tributary.host.agents;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// The room: everything that agent apps are served from, over one journal.
public final class Agents implements AutoCloseable {

    private final Tail tail;
    private final Streams streams;
    private final Cursors cursors;
    private final Filters filters;
    private final Pages pages;
    private final ConversationViews conversations;
    private final Claims claims;
    private final Follow follow;

    /// How much is kept at hand, and for how long one waits.
    ///
    /// @param rows the newest of the log in memory
    /// @param bytes of their bodies at the most
    /// @param poll how often the log is looked at besides being told of commits
    /// @param heartbeat after how much silence a reader gets a sign of life
    /// @param patience how long a reader may take nothing while there is something
    public record Options(
            int rows, long bytes, Duration poll, Duration heartbeat, Duration patience) {

        /// What suits most.
        public static final Options DEFAULT =
                new Options(
                        8_192,
                        64L << 20,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(2));

        /// Refuses an empty tail.
        public Options {
            if (rows < 1 || bytes < 1) {
                throw new IllegalArgumentException("the tail must hold at least one row");
            }
        }
    }

    /// Begins to follow the journal, which must be open until this is closed.
    public Agents(Journal journal, InstantSource clock, Options options) {
        this.cursors = new Cursors(journal.log());
        this.filters = new Filters(journal.customers(), journal.conversations());
        this.tail = new Tail(journal, cursors, options.rows(), options.bytes(), options.poll());
        this.streams = new Streams(tail, cursors, clock, options.heartbeat(), options.patience());
        this.pages = new Pages(tail, cursors);
        this.conversations = new ConversationViews(journal, cursors, filters);
        this.follow = new Follow(tail);
        this.claims = new Claims(journal, new TimeOrderedIds(clock), clock);
    }

    /// Tells `listener` of what other members committed, after it was read from the log here; some
    /// of this member's own commits may be among it. It must be short.
    public void whenRead(Consumer<List<Row>> listener) {
        tail.whenRead(listener);
    }

    /// Another member committed rows.
    ///
    /// @param timeline of the log that they belong to
    public void heard(int timeline, List<Row> rows) {
        tail.heard(timeline, rows);
    }

    /// Another member says that the log has come to a position.
    public void heard(long position) {
        tail.heard(position);
    }

    /// Another member knows the log in a newer state.
    public void look() {
        tail.look();
    }

    public Cursors cursors() {
        return cursors;
    }

    public Filters filters() {
        return filters;
    }

    public Streams streams() {
        return streams;
    }

    public Pages pages() {
        return pages;
    }

    public ConversationViews conversations() {
        return conversations;
    }

    /// For who follows the log at a pace of its own.
    public Follow follow() {
        return follow;
    }

    public Claims claims() {
        return claims;
    }

    @Override
    public void close() {
        streams.close();
        tail.close();
    }
}
