package io.tributary.host.outbound;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import org.junit.jupiter.api.DisplayName;

@DisplayName("of a message with a fallback plan, with its log in PostgreSQL,")
final class FallbackIT extends FallbackOnceContract {

    private final PostgresAddress database = TestServer.database();
    private final Journal shared = TestServer.member(database, clock);

    @Override
    Journal journal() {
        return shared;
    }

    @Override
    void drop() {
        shared.close();
        TestServer.drop(database);
    }
}
