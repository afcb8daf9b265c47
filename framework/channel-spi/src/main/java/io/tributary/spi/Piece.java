package io.tributary.spi;

import java.time.Duration;

/// One piece of a whole: of a long SMS, an album, a window of readings. It is durable when
/// delivered and is translated together with the others (guarantee 12).
///
/// @param group what the pieces of one whole have in common on this account, 1 to 512 characters
/// @param number 1 to `of`; 0 where pieces are not counted and stand in the order in which they
///   came
/// @param of how many there are; 0: nobody knows
/// @param patience how long after the first piece the others are waited for
public record Piece(String group, int number, int of, Duration patience) {

    public Piece {
        Shape.name(group, "a piece's group");
        Shape.positive(patience, "a piece's patience");
        boolean counted = of >= 1 && number >= 1 && number <= of;
        boolean open = of == 0 && number == 0;
        if (!counted && !open) {
            throw new IllegalArgumentException("there is no piece " + number + " of " + of);
        }
    }

    /// One of a known number: translated when all are there, or when patience is over.
    public static Piece counted(String group, int number, int of, Duration patience) {
        return new Piece(group, number, of, patience);
    }

    /// One of nobody knows how many: translated when patience is over.
    public static Piece open(String group, Duration patience) {
        return new Piece(group, 0, 0, patience);
    }
}
