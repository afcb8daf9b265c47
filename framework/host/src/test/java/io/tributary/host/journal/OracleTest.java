package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

/// The model against SQLite.
final class OracleTest extends OracleContract {

    /// Keys are sorted into their tree so few at a time that some of every kind get there.
    @Override
    Journal open() {
        return SqliteJournal.open(folder, JournalOptions.standard().at(clock).sortedAtOnce(2));
    }

    @Override
    void ended() {
        assertThat(SqliteJournal.examine(folder)).isEmpty();
    }
}
