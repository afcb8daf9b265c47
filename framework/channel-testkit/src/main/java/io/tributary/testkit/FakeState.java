package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.spi.NotStored;
import io.tributary.spi.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// State in memory, with versions and expiry, shared by all contexts of one account as members
/// share it.
final class FakeState implements State {

    private record Kept(Bytes value, long version, @Nullable Instant until) {}

    private final TreeMap<String, Kept> entries = new TreeMap<>();
    private final InstantSource clock;
    private long version;
    private boolean unwritable;
    private boolean unreadable;

    FakeState(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void unwritable(boolean now) {
        unwritable = now;
    }

    synchronized void unreadable(boolean now) {
        unreadable = now;
    }

    @Override
    public synchronized @Nullable Entry read(String key) {
        refuseUnreadable();
        var kept = kept(key);
        return kept == null ? null : new Entry(key, kept.value, kept.version);
    }

    @Override
    public synchronized List<Entry> list(String prefix) {
        refuseUnreadable();
        var found = new ArrayList<Entry>();
        for (var key : entries.tailMap(prefix, true).keySet()) {
            if (!key.startsWith(prefix)) {
                break;
            }
            var entry = read(key);
            if (entry != null) {
                found.add(entry);
            }
        }
        return List.copyOf(found);
    }

    @Override
    public synchronized void write(Change... changes) throws NotStored {
        if (unwritable) {
            throw new NotStored(NotStored.Why.UNAVAILABLE, "the store cannot be written now");
        }
        for (var change : changes) {
            expect(change);
        }
        for (var change : changes) {
            apply(change);
        }
    }

    private void refuseUnreadable() {
        if (unreadable) {
            throw new UncheckedIOException(new IOException("the store cannot be read now"));
        }
    }

    private void expect(Change change) throws NotStored {
        var kept = kept(change.key());
        long found = kept == null ? 0 : kept.version;
        if (change.expected() != Change.ANY && change.expected() != found) {
            throw new NotStored(
                    NotStored.Why.CONFLICT,
                    "state '" + change.key() + "' has version " + found + " now");
        }
    }

    private void apply(Change change) {
        var value = change.value();
        if (value == null) {
            entries.remove(change.key());
            return;
        }
        var lasts = change.lasts();
        var until = lasts == null ? null : clock.instant().plus(lasts);
        entries.put(change.key(), new Kept(value, ++version, until));
    }

    private @Nullable Kept kept(String key) {
        var kept = entries.get(key);
        return kept == null || (kept.until != null && !kept.until.isAfter(clock.instant()))
                ? null
                : kept;
    }
}
