package io.tributary.host.customers;

import static java.util.Comparator.naturalOrder;

import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that happened with one customer, over all accounts, newest first by the time it was
/// received. Blocking, thread safe.
///
/// What was replayed or had waited for its target has a late position and an early time, so a
/// timeline cannot go by positions. Each conversation is read backwards; a row is given when
/// everything that is still unread is older: what was appended before a whole page cannot have been
/// received after all of it. A page far back is found by reading from the newest on, so its cost
/// grows with its depth.
public final class Timeline {

    private static final int MOST_CONVERSATIONS = 200;
    private static final Comparator<Row> NEWEST =
            Comparator.comparing(Row::receivedAt).thenComparingLong(Row::position).reversed();

    private final Journal journal;

    public Timeline(Journal journal) {
        this.journal = journal;
    }

    /// A stretch of the timeline.
    ///
    /// @param next where the page after this one begins; null: there is none
    public record Page(List<Row> rows, @Nullable String next) {}

    /// The next stretch.
    ///
    /// @param accounts that the reader may see; empty: all
    /// @param after null for the newest
    /// @return empty where the place is none that a page gave
    public Optional<Page> page(
            CustomerId customer, Set<AccountId> accounts, @Nullable String after, int limit) {
        Optional<Spot> spot = after == null ? Optional.of(Spot.NEWEST) : Spot.read(after);
        return spot.map(from -> page(customer, accounts, from, limit));
    }

    private Page page(CustomerId customer, Set<AccountId> accounts, Spot from, int limit) {
        var heads = new PriorityQueue<Head>(Comparator.comparing(Head::row, NEWEST));
        for (ConversationId conversation : conversations(customer, accounts)) {
            new Head(conversation, from, limit).advance().ifPresent(heads::add);
        }
        var rows = new ArrayList<Row>(limit);
        while (rows.size() < limit && !heads.isEmpty()) {
            Head head = heads.remove();
            rows.add(head.row());
            head.advance().ifPresent(heads::add);
        }
        return new Page(rows, heads.isEmpty() ? null : Spot.of(rows.getLast()).write());
    }

    private List<ConversationId> conversations(CustomerId customer, Set<AccountId> accounts) {
        var query =
                new Conversations.Query(
                        accounts, null, null, journal.customers().aliases(customer), null);
        return journal.conversations().page(query, Long.MAX_VALUE, MOST_CONVERSATIONS).stream()
                .map(Conversations.Conversation::id)
                .toList();
    }

    /// One conversation on its way back in time. Holds what was read and may not be given yet.
    private final class Head {

        private final ConversationId conversation;
        private final Spot from;
        private final int size;
        private final PriorityQueue<Row> held = new PriorityQueue<>(NEWEST);
        private long before = Long.MAX_VALUE;
        private Instant newestUnread = Instant.MAX;
        private boolean last;
        private @Nullable Row row;

        Head(ConversationId conversation, Spot from, int limit) {
            this.conversation = conversation;
            this.from = from;
            this.size = Math.max(limit, 50);
        }

        Row row() {
            Row now = row;
            if (now == null) {
                throw new IllegalStateException("not advanced yet");
            }
            return now;
        }

        /// @return itself, at its next row; empty at the conversation's beginning
        Optional<Head> advance() {
            while (!last
                    && (held.isEmpty() || held.element().receivedAt().isBefore(newestUnread))) {
                read();
            }
            row = held.poll();
            return row == null ? Optional.empty() : Optional.of(this);
        }

        private void read() {
            List<Row> older =
                    journal.conversations().interactionsBefore(conversation, before, size);
            last = older.size() < size;
            if (!older.isEmpty()) {
                before = older.getFirst().position();
                newestUnread =
                        older.stream().map(Row::receivedAt).max(naturalOrder()).orElseThrow();
                older.stream().filter(from::isBefore).forEach(held::add);
            }
        }
    }

    /// The last row of a page: what follows is older, or as old with a smaller position.
    private record Spot(long micros, long position) {

        static final Spot NEWEST = new Spot(Long.MAX_VALUE, Long.MAX_VALUE);

        static Spot of(Row row) {
            return new Spot(micros(row.receivedAt()), row.position());
        }

        private static long micros(Instant time) {
            return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
        }

        boolean isBefore(Row row) {
            long time = micros(row.receivedAt());
            return time < micros || (time == micros && row.position() < position);
        }

        String write() {
            byte[] bytes = ByteBuffer.allocate(16).putLong(micros).putLong(position).array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        static Optional<Spot> read(String text) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                if (bytes.length != 16) {
                    return Optional.empty();
                }
                var buffer = ByteBuffer.wrap(bytes);
                return Optional.of(new Spot(buffer.getLong(), buffer.getLong()));
            } catch (IllegalArgumentException noBase64) {
                return Optional.empty();
            }
        }
    }
}
