package io.tributary.host.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The members' table of a test: one row for each name, of who entered it last.
final class Table {

    private final Map<String, Roster.Entry> rows = new ConcurrentHashMap<>();
    private final AtomicLong epochs = new AtomicLong();
    private final AtomicInteger readings = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean readOnly;

    /// As the member of that name asks it.
    Roster as(String member) {
        return new Roster() {
            @Override
            public void enter(UUID gridMember) {
                there();
                if (readOnly) {
                    throw new IllegalStateException("the table takes no rows");
                }
                rows.put(member, new Entry(member, gridMember, epochs.incrementAndGet()));
            }

            @Override
            public List<Entry> live() {
                readings.incrementAndGet();
                there();
                return new ArrayList<>(rows.values());
            }
        };
    }

    /// The database cannot be asked.
    void away(boolean gone) {
        away = gone;
    }

    /// The database can be read only.
    void readOnly(boolean only) {
        readOnly = only;
    }

    void remove(String member) {
        rows.remove(member);
    }

    Optional<UUID> row(String member) {
        return Optional.ofNullable(rows.get(member)).map(Roster.Entry::gridMember);
    }

    /// How often it was asked.
    int readings() {
        return readings.get();
    }

    private void there() {
        if (away) {
            throw new IllegalStateException("the database is away");
        }
    }
}
