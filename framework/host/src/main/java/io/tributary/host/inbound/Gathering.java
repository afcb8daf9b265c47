package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Pieces;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides to which whole the pieces of one unit belong: after what waits in the journal, then what
/// earlier events of the unit bring (guarantee 12).
final class Gathering {

    /// Most bytes of pieces in one whole: it is stored at once, the pieces and what they mean. What
    /// is more begins the next one.
    private static final long MOST_BYTES = 4L << 20;

    private final Journal journal;
    private final AccountId account;
    private final @Nullable String device;
    private final Instant now;
    private final Map<String, Group> groups = new HashMap<>(2);

    Gathering(Journal journal, Arrived arrived) {
        this.journal = journal;
        this.account = arrived.account().id();
        this.device = arrived.device();
        this.now = arrived.receivedAt();
    }

    /// Keeps a piece, unless the very same one waits already.
    void keep(RawEvent event, Draft draft) {
        Piece piece = Objects.requireNonNull(event.piece());
        Group group =
                groups.computeIfAbsent(
                        piece.group(), name -> new Group(journal.pieces().waiting(account, name)));
        if (group.has(piece, event.body())) {
            return;
        }
        int whole = group.wholeFor(event, piece, now);
        Instant due = group.due(whole, Times.after(now, piece.patience()));
        boolean last = piece.of() > 0 && group.count(whole) == piece.of() - 1;
        draft.expect(new Expect.PiecesAre(account, piece.group(), group.stored, group.lastId));
        draft.change(
                new Change.KeepPiece(
                        account,
                        piece.group(),
                        whole,
                        piece.number(),
                        piece.of(),
                        now,
                        last ? now : due,
                        EventForm.bytes(EventForm.write(event, device))));
        group.waiting.add(new Waiting(whole, piece.number(), piece.of(), due, event.body()));
    }

    private record Waiting(int whole, int number, int of, Instant due, Bytes bytes) {}

    private static final class Group {

        private final List<Waiting> waiting = new ArrayList<>();
        private final int stored;
        private final long lastId;

        Group(List<Pieces.Piece> pieces) {
            stored = pieces.size();
            lastId = pieces.isEmpty() ? 0 : pieces.getLast().id();
            for (Pieces.Piece one : pieces) {
                Bytes bytes = EventForm.read(EventForm.tree(one.body())).body();
                waiting.add(new Waiting(one.whole(), one.number(), one.of(), one.due(), bytes));
            }
        }

        /// Pieces without numbers may well be alike.
        boolean has(Piece piece, Bytes bytes) {
            return piece.number() > 0
                    && waiting.stream()
                            .anyMatch(one ->
                                    one.number == piece.number()
                                            && one.of == piece.of()
                                            && one.bytes.equals(bytes));
        }

        /// The oldest that lacks this piece, else the next one. A whole that is not counted takes
        /// pieces until its time is over.
        int wholeFor(RawEvent event, Piece piece, Instant now) {
            int greatest = 0;
            for (Waiting one : waiting) {
                greatest = Math.max(greatest, one.whole);
            }
            for (int whole = 1; whole <= greatest; whole++) {
                if (takes(whole, event, piece, now)) {
                    return whole;
                }
            }
            return greatest + 1;
        }

        private boolean takes(int whole, RawEvent event, Piece piece, Instant now) {
            boolean any = false;
            long bytes = event.body().length();
            for (Waiting one : waiting) {
                if (one.whole == whole) {
                    boolean other = one.of != piece.of();
                    boolean taken = one.number > 0 && one.number == piece.number();
                    boolean over = one.of == 0 && !one.due.isAfter(now);
                    if (other || taken || over) {
                        return false;
                    }
                    any = true;
                    bytes += one.bytes.length();
                }
            }
            return any && bytes <= MOST_BYTES;
        }

        long count(int whole) {
            return waiting.stream().filter(one -> one.whole == whole).count();
        }

        /// When the whole is due; of a new one as given.
        Instant due(int whole, Instant otherwise) {
            return waiting.stream()
                    .filter(one -> one.whole == whole)
                    .map(Waiting::due)
                    .min(Instant::compareTo)
                    .orElse(otherwise);
        }
    }
}
