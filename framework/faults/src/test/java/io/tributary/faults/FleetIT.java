package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    private static final int MOST_MESSAGES = 600;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    private final Random random = new Random(SEED);
    private CompletableFuture<Void> starting = CompletableFuture.completedFuture(null);

    @Test
    @DisplayName(
            "whichever is killed, all that was acknowledged is there once, in order, on every member, and nothing is sent twice")
    void killed() throws Exception {
        try (Database database = Database.start(folder);
                Handset handset = Handset.open();
                Besieged besieged = Besieged.begin(database, handset, folder)) {
            Members members = besieged.members();
            try {
                for (int round = 1; round <= ROUNDS; round++) {
                    besieged.served(1 + random.nextInt(MOST_MESSAGES));
                    // the first rounds have one of each
                    switch (round <= 2 ? round : random.nextInt(16)) {
                        case 1 -> {
                            back();
                            database.kill();
                            database.restart();
                        }
                        case 2 -> {
                            back();
                            int number = any(members);
                            members.stop(number);
                            begin(members, number);
                        }
                        default -> {
                            int number = next(members);
                            members.kill(number);
                            begin(members, number);
                        }
                    }
                }
            } finally {
                back();
            }
            besieged.served(100);
            Siege.Outcome outcome = besieged.end("%d rounds of seed %d".formatted(ROUNDS, SEED));

            assertThat(outcome.figures().retries())
                    .as("kills left something unanswered")
                    .isPositive();
        }
    }

    private int any(Members members) {
        List<Integer> running = members.numbers();
        return running.get(random.nextInt(running.size()));
    }

    /// Who is killed next: while one starts it may be one of the two others.
    private int next(Members members) {
        if (members.numbers().size() < Fleet.MEMBERS - 1) {
            back();
        }
        return any(members);
    }

    /// Starts it, after whoever starts already, while the others are under load.
    private void begin(Members members, int number) {
        starting = starting.thenRunAsync(() -> start(members, number));
    }

    private static void start(Members members, int number) {
        try {
            members.start(number);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void back() {
        starting.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
