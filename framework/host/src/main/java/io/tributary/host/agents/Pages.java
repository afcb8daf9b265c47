package io.tributary.host.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tributary.host.access.Principal;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.model.Bytes;
import io.tributary.model.InteractionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The stream by pages, for whoever asks instead of listening. Blocking.
public final class Pages {

    private static final Duration LONGEST_LOOK = Duration.ofMillis(250);
    private static final long LONGEST_LOOK_BACK = 100_000;
    private static final byte[] ITEMS = "{\"items\":[".getBytes(US_ASCII);

    private final Tail tail;
    private final LogReader log;
    private final Cursors cursors;

    Pages(Tail tail, Cursors cursors) {
        this.tail = tail;
        this.log = tail.journal().log();
        this.cursors = cursors;
    }

    /// What follows a position, in order. May be short, or even empty, where few of many rows pass:
    /// `next` has moved all the same.
    ///
    /// @param wait how long to wait for the first to come; zero: not at all
    /// @return `{"items":[event…],"next":cursor}`
    /// @throws Refusal the position is not kept any more
    public Bytes page(long after, Filter filter, int limit, Duration wait)
            throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        List<Event> items = new ArrayList<>();
        long position = read(after, filter, limit, items);
        for (long left = wait.toNanos();
                items.isEmpty() && left > 0;
                left = deadline - System.nanoTime()) {
            tail.awaitBeyond(position, Duration.ofNanos(left));
            position = read(position, filter, limit, items);
        }
        return json(items, "\"next\":\"" + cursors.of(position) + "\"}");
    }

    /// The newest that pass, oldest of them first. Looks back over a bounded stretch of the log.
    ///
    /// @return `{"items":[event…],"next":cursor}`, from which the stream goes on
    public Bytes last(int count, Filter filter) {
        long head = log.head();
        List<Event> items = new ArrayList<>();
        long end = head;
        long stretch = Math.max(256, 2L * count);
        long least = Math.max(log.oldest() - 1, head - LONGEST_LOOK_BACK);
        while (items.size() < count && end > least) {
            long begin = Math.max(least, end - stretch);
            items.addAll(0, between(begin, end, filter));
            end = begin;
            stretch *= 4;
        }
        List<Event> newest = items.subList(Math.max(0, items.size() - count), items.size());
        return json(newest, "\"next\":\"" + cursors.of(head) + "\"}");
    }

    private List<Event> between(long begin, long end, Filter filter) {
        List<Event> events = new ArrayList<>();
        long position = begin;
        while (position < end) {
            LogReader.Page page = log.after(position, filter, 1_000);
            for (Row row : page.rows()) {
                if (row.position() <= end) {
                    events.add(new Event(row, cursors));
                }
            }
            if (page.seen() <= position) {
                break;
            }
            position = page.seen();
        }
        return events;
    }

    /// Rows that were found elsewhere, as events.
    ///
    /// @param next where to go on; null: nowhere
    /// @return `{"items":[event…],"next":next}`
    public Bytes events(List<Row> rows, @Nullable String next) {
        List<Event> items = rows.stream().map(row -> new Event(row, cursors)).toList();
        return json(items, next == null ? "\"more\":false}" : "\"next\":\"" + next + "\"}");
    }

    /// One interaction with its cursor, as in the stream.
    public Optional<Bytes> one(InteractionId id, Principal principal) {
        return log.byId(id)
                .filter(row -> principal.sees(row.account()))
                .map(row -> new Event(row, cursors).data());
    }

    /// @return up to which position was looked
    private long read(long after, Filter filter, int limit, List<Event> items) {
        if (after < log.oldest() - 1) {
            throw Refusal.expired(cursors.oldest());
        }
        long position = after;
        long began = System.nanoTime();
        while (items.size() < limit && System.nanoTime() - began < LONGEST_LOOK.toNanos()) {
            LogReader.Page page = log.after(position, filter, limit - items.size());
            for (Row row : page.rows()) {
                items.add(new Event(row, cursors));
            }
            if (page.seen() <= position) {
                break;
            }
            position = page.seen();
        }
        return position;
    }

    static Bytes json(List<Event> items, String rest) {
        var out = new ByteArrayOutputStream(items.size() * 900 + 120);
        out.writeBytes(ITEMS);
        boolean more = false;
        for (Event event : items) {
            if (more) {
                out.write(',');
            }
            more = true;
            try {
                event.data().writeTo(out);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        out.writeBytes(("]," + rest).getBytes(US_ASCII));
        return Bytes.wrap(out.toByteArray());
    }
}
