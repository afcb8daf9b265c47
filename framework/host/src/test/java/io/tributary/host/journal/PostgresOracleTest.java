package io.tributary.host.journal;

/// The model against PostgreSQL.
final class PostgresOracleTest extends OracleContract {

    private final PostgresAddress address = TestServer.database();

    @Override
    Journal open() {
        return PostgresJournal.openMigrated(
                new PostgresConnections(address), JournalOptions.standard().at(clock));
    }

    @Override
    void ended() {
        TestServer.drop(address);
    }
}
