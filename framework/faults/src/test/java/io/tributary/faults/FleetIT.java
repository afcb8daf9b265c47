package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bench.Webhooks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three members of one cluster over one database, of which one after another is killed or stopped
/// in the midst of load, and the database now and then.
///
/// `-Dfaults.rounds=200` does that often, `-Dfaults.seed=N` repeats what is decided at random.
final class FleetIT {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 5);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int MEMBERS = 3;
    private static final int MOST_MESSAGES = 600;
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir Path folder;

    @Test
    @DisplayName(
            "whichever is killed, all that was acknowledged is there once, in order, on every member")
    void killed() throws Exception {
        var random = new Random(SEED);
        try (Database database = Database.start(folder);
                Siege siege =
                        Siege.fleet(
                                launches(database),
                                folder.resolve("record"),
                                random,
                                StreamReader.Habit.CAREFUL)) {
            for (int round = 1; round <= ROUNDS; round++) {
                served(siege, random, round);
                int number = random.nextInt(MEMBERS);
                // the first rounds have one of each
                switch (round <= 3 ? round : random.nextInt(8)) {
                    case 1 -> {
                        database.kill();
                        database.restart();
                    }
                    case 2 -> {
                        siege.stop(number);
                        served(siege, random, round);
                        siege.restart(number);
                    }
                    default -> {
                        siege.kill(number);
                        served(siege, random, round);
                        siege.restart(number);
                    }
                }
            }
            Siege.Outcome outcome = siege.end();

            System.out.printf("%d rounds of seed %d: %s%n", ROUNDS, SEED, outcome);
            assertThat(outcome.violations().stream().limit(20)).as("seed %d", SEED).isEmpty();
            assertThat(outcome.figures().retries())
                    .as("kills left something unanswered")
                    .isPositive();
        }
    }

    private static void served(Siege siege, Random random, int round) throws InterruptedException {
        assertThat(
                        siege.provider()
                                .awaitMore(
                                        1 + random.nextInt(MOST_MESSAGES), Duration.ofMinutes(3)))
                .as("round %d of seed %d is served", round, SEED)
                .isTrue();
    }

    private List<Launch> launches(Database database) throws IOException {
        int port = freePort();
        List<Launch> launches = new ArrayList<>();
        for (int number = 0; number < MEMBERS; number++) {
            Path home = Files.createDirectories(folder.resolve("member-" + number));
            Path file =
                    Files.writeString(
                            home.resolve("tributary.yaml"),
                            """
                            log:
                              database: {url: "%s", user: %s}
                            cluster:
                              name: faults
                              member: member-%d
                              port: %d
                              auto-increment: true
                              members: ["127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d"]
                              keys: ["%s"]
                            accounts:
                              faults:
                                channel: sms-twilio
                                config: {accountSid: %s, from: "%s", publicUrl: "http://sms.example.com"}
                                secrets: {authToken: %s}
                            """
                                    .formatted(
                                            database.url(),
                                            database.user(),
                                            number,
                                            port,
                                            port,
                                            port + 1,
                                            port + 2,
                                            KEY,
                                            Webhooks.ACCOUNT_SID,
                                            Webhooks.NUMBER,
                                            Webhooks.AUTH_TOKEN));
            launches.add(
                    Places.launch(home).configured(file).with(Map.of("TRIBUTARY_MASTER_KEY", KEY)));
        }
        return launches;
    }

    /// Each member takes it, or one of those that follow.
    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
