package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("open rooms")
@Timeout(60)
final class OpenRoomsTest {

    private static final OpenRooms.Limits TIGHT =
            new OpenRooms.Limits(
                    Duration.ofMillis(600), Duration.ofMillis(100), Duration.ofMillis(500));

    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    @DisplayName("are closed from the top down, once, whatever one of them throws")
    void topDown() {
        var rooms = new OpenRooms(OpenRooms.Limits.USUAL);
        rooms.add("ground", () -> closed.add("ground"));
        rooms.add(
                "broken",
                () -> {
                    throw new IOException("its disk is gone");
                });
        rooms.add("roof", () -> closed.add("roof"));

        rooms.close();
        rooms.close();

        assertThat(closed).containsExactly("roof", "ground");
        assertThat(rooms.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("are closed although one hangs, which is told to give up first")
    void oneHangs() {
        var rooms = new OpenRooms(TIGHT);
        rooms.add("ground", () -> closed.add("ground"));
        rooms.add("deaf", this::neverListens);
        rooms.add(
                "waiting",
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException _) {
                        closed.add("gave up");
                    }
                });

        rooms.close();

        assertThat(closed).containsExactly("gave up", "ground");
        never.countDown();
    }

    private void neverListens() {
        boolean over = false;
        while (!over) {
            try {
                never.await();
                over = true;
            } catch (InterruptedException _) {
                // that is what is wrong with it
            }
        }
    }

    @Test
    @DisplayName("have as long as they need where one has a limit of its own")
    void ownLimit() {
        var rooms = new OpenRooms(TIGHT);
        rooms.add("ground", () -> closed.add("ground"));
        rooms.add(
                "notice",
                () -> {
                    // longer than all others together may take
                    never.await(TIGHT.all().toMillis() * 2, TimeUnit.MILLISECONDS);
                    closed.add("notice");
                },
                () -> Duration.ofSeconds(30));

        rooms.close();

        assertThat(closed).containsExactly("notice", "ground");
    }

    @Test
    @DisplayName("have ten seconds each, and less where that would not leave enough for others")
    void left() {
        List<Duration> told = new CopyOnWriteArrayList<>();
        for (int seconds : List.of(30, 5)) {
            var rooms =
                    new OpenRooms(
                            new OpenRooms.Limits(
                                    Duration.ofSeconds(seconds),
                                    Duration.ofSeconds(10),
                                    Duration.ofSeconds(2)));
            rooms.add("only", () -> told.add(rooms.left()));
            rooms.close();
        }

        assertThat(told).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("are all closed when the one who closes them is interrupted in the middle")
    void interruptedMeanwhile() {
        var rooms = new OpenRooms(OpenRooms.Limits.USUAL);
        Thread closer = Thread.currentThread();
        rooms.add("ground", () -> closed.add("ground"));
        rooms.add(
                "roof",
                () -> {
                    closer.interrupt();
                    try {
                        never.await();
                    } catch (InterruptedException _) {
                        closed.add("told to hurry");
                    }
                });

        rooms.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).containsExactly("told to hurry", "ground");
    }

    @Test
    @DisplayName("are closed by one who is interrupted, and who is so afterwards")
    void interrupted() {
        var rooms = new OpenRooms(OpenRooms.Limits.USUAL);
        rooms.add("ground", () -> closed.add("ground"));
        rooms.add("roof", () -> closed.add("roof"));

        Thread.currentThread().interrupt();
        rooms.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).containsExactly("roof", "ground");
    }
}
