package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A whole member whose log is in PostgreSQL.
final class PostgresMemberIT {

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
    @DisplayName("gives out media although its folder was lost")
    void media() throws Exception {
        String media;
        try (BuzzerMember member = start()) {
            member.account("door", "buzzer", "");
            HttpResponse<String> kept = member.send("POST", "/v1/media?account=door", "hello file");
            assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
            media = new JsonMapper().readTree(kept.body()).path("id").asString();
        }
        try (var files = Files.walk(folder.resolve("data/media"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (BuzzerMember again = start();
                HttpClient http = HttpClient.newHttpClient()) {
            String link =
                    new JsonMapper()
                            .readTree(again.send("GET", "/v1/media/" + media, null).body())
                            .path("link")
                            .asString();
            HttpResponse<String> served =
                    http.send(
                            HttpRequest.newBuilder(
                                            again.pages().resolve(URI.create(link).getPath()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(served.body()).isEqualTo("hello file");
        }
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
