package io.tributary.testkit;

import io.tributary.spi.Arrival;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// The pieces of one whole, as far as they are there (guarantee 12 of the SPI).
final class Whole {

    private final Piece first;
    private final Instant receivedAt;
    private final FakeJournal.Translator translator;
    private final TreeMap<Integer, RawEvent> pieces = new TreeMap<>();

    Whole(Piece first, Instant receivedAt, FakeJournal.Translator translator) {
        this.first = first;
        this.receivedAt = receivedAt;
        this.translator = translator;
    }

    /// Whether the very same piece is here already.
    boolean has(RawEvent event) {
        var there = pieces.get(number(event));
        return there != null && there.body().equals(event.body());
    }

    /// Whether another piece has its number.
    boolean differs(RawEvent event) {
        var there = pieces.get(number(event));
        return there != null && !there.body().equals(event.body());
    }

    void add(RawEvent event) {
        pieces.put(number(event), event);
    }

    boolean complete() {
        return first.of() > 0 && pieces.size() == first.of();
    }

    boolean overdue(Instant now) {
        return !receivedAt.plus(first.patience()).isAfter(now);
    }

    String group() {
        return first.group();
    }

    FakeJournal.Translator translator() {
        return translator;
    }

    Arrival arrival() {
        List<RawEvent> inOrder = new ArrayList<>(pieces.values());
        return new Arrival(inOrder, first.of() == 0 || complete(), receivedAt);
    }

    /// Pieces that are not counted stand in the order in which they came.
    private int number(RawEvent event) {
        var piece = Objects.requireNonNull(event.piece());
        return piece.number() == 0 ? pieces.size() + 1 : piece.number();
    }
}
