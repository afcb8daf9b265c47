package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/// The model against SQLite.
final class OracleTest extends OracleContract {

    /// Keys are sorted into their tree so few at a time that some of every kind get there.
    @Override
    Journal open(Random random) {
        return SqliteJournal.open(folder, options(random).sortedAtOnce(2));
    }

    @Override
    void ended() {
        assertThat(SqliteJournal.examine(folder)).isEmpty();
    }
}
