package io.tributary.host.journal;

import java.util.Random;

/// The model against PostgreSQL.
final class PostgresOracleIT extends OracleContract {

    private final PostgresAddress address = TestServer.database();

    @Override
    Journal open(Random random) {
        return PostgresJournal.openMigrated(new PostgresConnections(address), options(random));
    }

    @Override
    void ended() {
        TestServer.drop(address);
    }
}
