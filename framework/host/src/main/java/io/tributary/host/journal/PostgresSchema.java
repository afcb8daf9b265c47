package io.tributary.host.journal;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/// Brings the tables of a cluster to the version that this build knows, and begins the log where
/// there is none.
final class PostgresSchema {

    private PostgresSchema() {}

    /// Several members may do this at once: one does it, the others wait for it.
    ///
    /// @throws JournalUnavailable the tables are of a later version than the next, or not ours
    static void migrate(PostgresConnections connections, InstantSource clock) {
        PostgresAddress address = connections.address();
        List<String> wrong = ServerCheck.lacks(connections);
        if (!wrong.isEmpty()) {
            throw new JournalUnavailable(String.join("; ", wrong));
        }
        try {
            Flyway flyway =
                    Flyway.configure(PostgresSchema.class.getClassLoader())
                            .dataSource(address.url(), address.user(), address.password())
                            .jdbcProperties(PostgresConnections.properties())
                            .locations("classpath:db/migration/postgresql")
                            .table("schema_history")
                            .validateMigrationNaming(true)
                            // a member one version behind goes on beside the newer ones
                            .ignoreMigrationPatterns("*:future", "repeatable:*")
                            .connectRetries(0)
                            .load();
            if (mayChange(flyway)) {
                flyway.migrate();
            }
        } catch (FlywayException e) {
            throw new JournalUnavailable(
                    "the tables in "
                            + address.place()
                            + " cannot be brought to this version: "
                            + reason(e)
                            + ". If a later version made them, start that one; else check the"
                            + " database's address, user and rights in the configuration",
                    e);
        }
        begin(connections, clock);
    }

    /// Tables that are newer stay as they are: functions of theirs as well.
    private static boolean mayChange(Flyway flyway) {
        MigrationInfo current = flyway.info().current();
        MigrationInfo[] known = flyway.info().all();
        if (current == null || current.getVersion() == null) {
            return true;
        }
        int newest = 0;
        for (MigrationInfo each : known) {
            if (each.getVersion() != null && !each.getState().name().startsWith("FUTURE")) {
                newest = Math.max(newest, major(each));
            }
        }
        if (major(current) > newest + 1) {
            throw new JournalUnavailable(
                    "the tables are of version "
                            + current.getVersion()
                            + ", and this member knows up to "
                            + newest
                            + " and can go beside "
                            + (newest + 1)
                            + ": start a later version of the member");
        }
        return major(current) <= newest;
    }

    private static int major(MigrationInfo migration) {
        return migration.getVersion().getMajor().intValueExact();
    }

    private static String reason(FlywayException error) {
        String message = String.valueOf(error.getMessage());
        return message.lines().findFirst().orElse("no reason given");
    }

    private static void begin(PostgresConnections connections, InstantSource clock) {
        try (Connection connection = connections.chores();
                var sql = new Sql(Dialect.POSTGRES, connection)) {
            var _ =
                    sql.first(
                            "select begin_log_v1(?, ?)",
                            Columns::truth,
                            new SecureRandom().nextLong() & Long.MAX_VALUE,
                            clock.instant());
        } catch (SQLException e) {
            throw unusable(connections.address(), e);
        }
    }

    static JournalUnavailable unusable(PostgresAddress address, SQLException error) {
        String why =
                switch (PostgresFailure.of(error)) {
                    case PostgresFailure.Away(String text) -> text;
                    case PostgresFailure.Final(String text) -> text;
                    case PostgresFailure.Own(int _, String text) -> text;
                    case PostgresFailure.Full _ -> PostgresFailure.Full.TEXT;
                    case PostgresFailure.Again _ -> "it is busy";
                };
        return new JournalUnavailable(
                "the database at " + address.place() + " cannot be used: " + why, error);
    }
}
