package io.tributary.host.outbound;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("of a message with a fallback plan")
final class FallbackTest {

    @Nested
    @DisplayName("with its log in a file")
    final class InFile extends FallbackRules {

        private final Journals journals = new Journals(clock);

        @Override
        Journal journal() {
            return journals.journal();
        }

        @Override
        void drop() {
            journals.close();
        }
    }

    @Nested
    @DisplayName("with its log in PostgreSQL")
    final class InPostgres extends FallbackContract {

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
}
