package io.tributary.host.outbound;

import io.tributary.host.journal.Journal;
import java.time.InstantSource;

final class Journals implements AutoCloseable {
    private final Journal journal = new MemoryJournal();

    Journals(InstantSource clock) {}

    Journal journal() {
        return journal;
    }

    @Override
    public void close() {}
}
