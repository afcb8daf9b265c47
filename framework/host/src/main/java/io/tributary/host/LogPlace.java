package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.PostgresJournal;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.secrets.SecretsUnusable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a member's log is kept: in a file of its data folder, or in a database.
public record LogPlace(Optional<PostgresAddress> database) {

    /// Reads the password where the configuration refers to one.
    ///
    /// @param environment as [System#getenv()]
    /// @throws SecretsUnusable it is not there, or cannot be a password
    public static LogPlace of(Configuration.Log log, Map<String, String> environment)
            throws SecretsUnusable {
        Configuration.Database database = log.database();
        if (database == null) {
            return new LogPlace(Optional.empty());
        }
        Configuration.SecretSource source = database.password();
        String password =
                source == null
                        ? ""
                        : SettingSecret.read("log.database.password", source, environment);
        return new LogPlace(
                Optional.of(new PostgresAddress(database.url(), database.user(), password)));
    }

    /// @param shared with other members
    Journal open(Path data, boolean shared, JournalOptions options) {
        if (database.isEmpty()) {
            if (shared) {
                throw new JournalUnavailable(
                        "members of a cluster share their log: name its database as log.database, or take"
                                + " cluster out of the configuration");
            }
            return SqliteJournal.open(data, options);
        }
        return shared
                ? PostgresJournal.share(database.get(), data, options)
                : PostgresJournal.open(database.get(), data, options);
    }
}
