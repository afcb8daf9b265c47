package io.tributary.host.journal;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteException;

/// Brings the tables to the version that this build knows.
final class Schema {

    private Schema() {}

    /// @throws JournalUnavailable the file is of a later version, damaged, or of something else
    static void migrate(Path file) {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource("jdbc:sqlite:" + file, "", "")
                    .locations("classpath:db/migration/sqlite")
                    .table("schema_history")
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (e.getCause() instanceof SQLiteException error) {
                throw Opening.unusable(file, error);
            }
            throw new JournalUnavailable(
                    "the tables in "
                            + file
                            + " cannot be brought to this version: either a later version made the"
                            + " file, then start that one; or it is damaged, then keep a copy of the"
                            + " folder and restore a backup",
                    e);
        }
    }
}
