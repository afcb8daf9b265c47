package io.tributary.host.outbound;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.SqliteJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;

/// A journal in a folder of its own that goes with it.
final class Journals implements AutoCloseable {

    private final Path folder;
    private final Journal journal;

    Journals(InstantSource clock) {
        try {
            this.folder = Files.createTempDirectory("outbound");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.journal = SqliteJournal.open(folder, JournalOptions.standard().at(clock));
    }

    Journal journal() {
        return journal;
    }

    @Override
    public void close() {
        journal.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Journals::delete);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
