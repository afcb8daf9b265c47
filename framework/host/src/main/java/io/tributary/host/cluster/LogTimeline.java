package io.tributary.host.cluster;

import io.tributary.host.journal.LogReader;
import java.util.Optional;

/// Which log, and which state of it, positions belong to: alone a position says nothing, since
/// after a fail-over or a restore the same number may be another row's.
///
/// @param log tells the log from any other
/// @param number raised whenever positions may have been given to other rows
public record LogTimeline(long log, int number) {

    /// As the log says now.
    public static LogTimeline of(LogReader log) {
        return new LogTimeline(log.identity(), log.timeline());
    }

    void write(WireWriter out) {
        out.number(log).number(number);
    }

    static LogTimeline read(WireReader in) {
        long log = in.number();
        long number = in.number();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new Unreadable("a timeline that cannot be");
        }
        return new LogTimeline(log, (int) number);
    }

    /// Why positions of this timeline mean nothing to whoever has the other; empty when they do.
    Optional<Loss> unlike(LogTimeline ours) {
        if (log != ours.log) {
            return Optional.of(Loss.OTHER_LOG);
        }
        if (number == ours.number) {
            return Optional.empty();
        }
        return Optional.of(number < ours.number ? Loss.OLDER_TIMELINE : Loss.NEWER_TIMELINE);
    }
}
