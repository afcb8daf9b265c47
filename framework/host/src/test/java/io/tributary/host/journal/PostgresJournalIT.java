package io.tributary.host.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/// The PostgreSQL journal keeps every promise that the SQLite journal keeps.
final class PostgresJournalIT {

    private static final Map<Path, PostgresAddress> DATABASES = new ConcurrentHashMap<>();

    /// A database for each folder, so that opening again finds what was there.
    private static Journal open(Path folder, InstantSource clock) {
        PostgresAddress address = DATABASES.computeIfAbsent(folder, _ -> TestServer.database());
        return PostgresJournal.openMigrated(
                new PostgresConnections(address), JournalOptions.standard().at(clock));
    }

    @AfterAll
    static void drop() {
        DATABASES.values().forEach(TestServer::drop);
    }

    @Nested
    final class Appending extends AppendingContract {
        Appending() {
            super(PostgresJournalIT::open);
        }
    }

    @Nested
    final class Reading extends ReadingContract {
        Reading() {
            super(PostgresJournalIT::open);
        }
    }

    @Nested
    final class Sending extends SendingContract {
        Sending() {
            super(PostgresJournalIT::open);
        }
    }

    @Nested
    final class Keeping extends KeepingContract {
        Keeping() {
            super(PostgresJournalIT::open);
        }
    }

    @Nested
    final class Gathering extends GatheringContract {
        Gathering() {
            super(PostgresJournalIT::open);
        }
    }

    @Nested
    final class Media extends MediaContract {
        Media() {
            super(PostgresJournalIT::open);
        }
    }
}
