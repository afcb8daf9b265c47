package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server takes over that was behind, while a member runs.
final class SteadyNodeIT {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String LOSE_ALL_BUT_ONE =
            """
            do $$ begin
              delete from interaction where position > 1;
              update log set next_position = 2;
            end $$
            """;
    private static final String CUT =
            """
            do $$ begin
              perform pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid();
            end $$
            """;

    @TempDir Path folder;

    private final PostgresAddress database = TestServer.database();

    @AfterEach
    void drop() {
        TestServer.drop(database);
    }

    @Test
    @DisplayName("a member begins anew by itself, at the same place, on what is left of the log")
    void beginsAnew() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file =
                Files.writeString(
                        folder.resolve("tributary.yaml"),
                        """
                        cluster:
                          name: harbour
                          member: ada
                          port: %d
                          auto-increment: true
                          members: ["127.0.0.1:%d"]
                          keys: ["%s"]
                        accounts:
                          door: {channel: buzzer}
                        """
                                .formatted(port, port, KEY));
        var environment =
                BuzzerMember.environment(
                        folder,
                        Map.of(
                                "TRIBUTARY_LOG_DATABASE_URL", database.url(),
                                "TRIBUTARY_LOG_DATABASE_USER", database.user()));
        SteadyNode node = SteadyNode.start(Configuration.load(file, environment), environment);
        try (BuzzerMember ada = BuzzerMember.of(node)) {
            List<URI> again = new CopyOnWriteArrayList<>();
            var waiting =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    node.await(() -> again.add(node.url()));
                                } catch (Exception failure) {
                                    throw new IllegalStateException(failure);
                                }
                            });
            URI before = node.url();
            Buzzer.connect(ada, "door", "device=cy")
                    .say("say 1 one")
                    .hears("ok 1 STORED 1 hello")
                    .say("say 2 two")
                    .hears("ok 2 STORED 2 hello");
            String next = next(ada);

            TestServer.tamper(database, LOSE_ALL_BUT_ONE);
            TestServer.tamper(database, CUT);

            await().atMost(Duration.ofMinutes(1)).until(() -> again.contains(before));
            assertThat(ada.log()).containsExactly("INBOUND cy one");
            // whoever read further is told where the two stories part
            assertThat(ada.send("GET", "/v1/interactions?after=" + next, null).statusCode())
                    .isEqualTo(410);
            Buzzer.connect(ada, "door", "device=cy")
                    .say("say 3 three")
                    .hears("ok 3 STORED 1 hello");
            assertThat(ada.log()).hasSize(2);

            node.close();
            assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
            assertThat(again).hasSize(1);
        }
    }

    private static String next(BuzzerMember member) {
        String body = member.send("GET", "/v1/interactions?limit=500", null).body();
        int begin = body.indexOf("\"next\":\"") + 8;
        return body.substring(begin, body.indexOf('"', begin));
    }
}
