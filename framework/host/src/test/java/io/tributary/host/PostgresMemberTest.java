package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole member whose log is in PostgreSQL.
final class PostgresMemberTest {

    @TempDir Path folder;

    private final PostgresAddress database = TestServer.database();

    @AfterEach
    void drop() {
        TestServer.drop(database);
    }

    private BuzzerMember start() throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRIBUTARY_LOG_DATABASE_URL", database.url());
        environment.put("TRIBUTARY_LOG_DATABASE_USER", database.user());
        return BuzzerMember.start(folder, environment);
    }

    @Test
    @DisplayName("keeps what devices say over a restart, and answers them")
    void whole() throws Exception {
        try (BuzzerMember member = start()) {
            member.account("door", "buzzer", "");
            Buzzer ada =
                    Buzzer.connect(member, "door", "device=ada")
                            .say("say 1 hello")
                            .hears("ok 1 STORED 1 hello");
            member.reply(member.conversation("door", "ada"), "welcome");
            ada.hears("msg welcome hello");
            var backup = member.send("POST", "/admin/v1/backup", "{\"file\":\"/tmp/no.db\"}");
            assertThat(backup.statusCode()).isEqualTo(409);
            assertThat(backup.body()).contains("pg_dump");
        }
        try (BuzzerMember again = start()) {
            assertThat(again.log()).contains("INBOUND ada hello", "OUTBOUND ada welcome");
            Buzzer.connect(again, "door", "device=ada")
                    .say("say 1 hello")
                    .hears("ok 1 DUPLICATE 1 hello");
        }
    }
}
