package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.PostgresJournal;
import io.tributary.host.journal.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a member's log is kept: in a file of its data folder, or in a database.
public record LogPlace(Optional<PostgresAddress> database) {

    /// Reads the password where the configuration refers to one.
    ///
    /// @param environment as [System#getenv()]
    /// @throws JournalUnavailable it cannot be read
    public static LogPlace of(Configuration.Log log, Map<String, String> environment) {
        return new LogPlace(
                Optional.ofNullable(log.database())
                        .map(database ->
                                new PostgresAddress(
                                        database.url(),
                                        database.user(),
                                        password(database.password(), environment))));
    }

    private static String password(
            Configuration.@Nullable SecretSource source, Map<String, String> environment) {
        return switch (source) {
            case null -> "";
            case Configuration.SecretSource.Plain(String text) -> text;
            case Configuration.SecretSource.FromEnvironment(String variable) -> {
                String text = environment.get(variable);
                if (text == null) {
                    throw new JournalUnavailable(
                            "log.database.password: the environment has no variable " + variable);
                }
                yield text;
            }
            case Configuration.SecretSource.FromFile(Path file) -> {
                try {
                    yield Files.readString(file).strip();
                } catch (IOException unreadable) {
                    throw new JournalUnavailable(
                            "log.database.password: the file " + file + " cannot be read",
                            unreadable);
                }
            }
        };
    }

    Journal open(Path data, JournalOptions options) {
        return database.isPresent()
                ? PostgresJournal.open(database.get(), data, options)
                : SqliteJournal.open(data, options);
    }
}
