package io.tributary.host.inbound;

import io.tributary.host.journal.Filter;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import java.time.Duration;
import java.time.Instant;

/// Finds where in the log what was received since a time may begin.
///
/// Neither ids nor times of receipt are in the order of positions: what was parked keeps its id,
/// what was replayed its time, and clocks differ. But nothing is appended much later than both say.
final class LogStart {

    /// How long something is parked at the most, and how much clocks may be off.
    private static final Duration SLACK = Sweep.PATIENCE.plus(Duration.ofHours(1));

    /// So many rows in a row have to be too early.
    private static final int STRETCH = 64;

    private final LogReader log;

    LogStart(LogReader log) {
        this.log = log;
    }

    /// A position before the first that was received since then, and not long before.
    long before(Instant since) {
        Instant wanted = since.minus(SLACK);
        long from = log.oldest();
        long to = log.head() + 1;
        while (from < to) {
            long middle = (from + to) >>> 1;
            if (isEarly(middle, wanted)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from - 1;
    }

    /// Retention leaves holes: judged is what follows. Where nothing does, it is too late.
    private boolean isEarly(long position, Instant wanted) {
        var rows = log.after(position - 1, Filter.ALL, STRETCH).rows();
        return !rows.isEmpty() && rows.stream().allMatch(row -> newest(row).isBefore(wanted));
    }

    private static Instant newest(Row row) {
        var made = Instant.ofEpochMilli(row.id().value().getMostSignificantBits() >>> 16);
        return made.isAfter(row.receivedAt()) ? made : row.receivedAt();
    }
}
