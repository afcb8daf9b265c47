package io.tributary.host.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/// The SQLite journal keeps every promise. It sorts its hashes in small portions here, so that a
/// few hundred units take all the ways that a million takes.
final class SqliteJournalTest {

    private static Journal open(Path folder, InstantSource clock) {
        return SqliteJournal.open(folder, JournalOptions.standard().at(clock).sortedAtOnce(50));
    }

    @Nested
    final class Appending extends AppendingContract {
        Appending() {
            super(SqliteJournalTest::open);
        }
    }

    @Nested
    final class Reading extends ReadingContract {
        Reading() {
            super(SqliteJournalTest::open);
        }
    }

    @Nested
    final class Sending extends SendingContract {
        Sending() {
            super(SqliteJournalTest::open);
        }
    }

    @Nested
    final class Keeping extends KeepingContract {
        Keeping() {
            super(SqliteJournalTest::open);
        }
    }

    @Nested
    final class Gathering extends GatheringContract {
        Gathering() {
            super(SqliteJournalTest::open);
        }
    }

    @Nested
    final class Media extends MediaContract {
        Media() {
            super(SqliteJournalTest::open);
        }
    }
}
