package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.bench.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts members from each other, each in a network namespace of its own, while all reach the
/// database: both ways, and one way only.
final class PartitionIT {

    private static final Duration CURRENT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PORT = 5701;
    private static final int APART = 2;

    @TempDir Path folder;

    private final List<StreamReader> readers = new ArrayList<>();

    @Test
    @DisplayName(
            "parted members all serve and are current within 5 s by the database, nothing is wrong, and the grid comes together again")
    void parted() throws Exception {
        try (Segments segments = Segments.lay(Fleet.MEMBERS);
                Database database = Database.start(folder);
                Cable cable = new Cable(segments.gateAddress(), database.port());
                Handset handset = Handset.open(segments.gateAddress());
                var outlets = outlets(segments, handset);
                Besieged besieged =
                        Besieged.begin(
                                database,
                                handset,
                                fleet(segments, cable).sendingTo(outlets.url()),
                                folder,
                                arrival -> Fleet.name(segments.member(arrival.from())))) {
            Members members = besieged.members();
            together(members, 3, 3, 3);
            read(members);

            segments.unplug(APART);
            assertThat(segments.reaches(APART, 0, PORT)).isFalse();
            assertThat(segments.reaches(0, APART, PORT)).isFalse();
            assertThat(segments.reaches(0, 1, PORT)).isTrue();
            current(besieged, database, 3);
            together(members, 2, 2, 1);
            // a part of one has no majority of three, and goes on by the database
            current(besieged, database, 3);
            besieged.answered(20);

            segments.plug(APART);
            together(members, 3, 3, 3);
            current(besieged, database, 1);

            segments.mute(0, 1);
            assertThat(segments.reaches(0, 1, PORT)).isFalse();
            assertThat(segments.reaches(0, 2, PORT)).isTrue();
            await().atMost(PATIENCE)
                    .until(() -> {
                        current(besieged, database, 1);
                        return members(members.number(0)) < 3 || members(members.number(1)) < 3;
                    });
            current(besieged, database, 3);
            besieged.answered(20);
            segments.unmute(0, 1);
            together(members, 3, 3, 3);
            current(besieged, database, 1);

            besieged.end("parted");
        } finally {
            readers.forEach(StreamReader::close);
        }
    }

    /// In each member's namespace, what leads to the provider.
    private record Outlets(List<Server> processes, URI url) implements AutoCloseable {

        @Override
        public void close() {
            processes.forEach(Server::close);
        }
    }

    private Outlets outlets(Segments segments, Handset handset) throws IOException {
        List<Server> processes = new ArrayList<>();
        for (int number = 0; number < Fleet.MEMBERS; number++) {
            List<String> command = new ArrayList<>(segments.within(number));
            command.addAll(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx32m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Outlet.class.getName(),
                            handset.url().getHost(),
                            Integer.toString(handset.url().getPort())));
            processes.add(Server.start(folder.resolve("outlet-" + number), Map.of(), command));
        }
        return new Outlets(processes, processes.getFirst().url());
    }

    private Fleet fleet(Segments segments, Cable cable) {
        return Fleet.over(
                folder,
                IntStream.range(0, Fleet.MEMBERS)
                        .mapToObj(number ->
                                new Fleet.Place(
                                        cable.url(),
                                        segments.outside(number),
                                        segments.inside(number) + ":" + PORT,
                                        segments.within(number)))
                        .toList());
    }

    /// One reader at each member, and at no other.
    private void read(Members members) throws Exception {
        for (Member each : members.all()) {
            var place = new Whereabouts();
            place.at(each.url());
            var reader =
                    new StreamReader(place, each.now(), StreamReader.Habit.CAREFUL, new Random());
            readers.add(reader);
            reader.begin();
        }
    }

    /// What is committed now every member's readers are shown in time, so many times.
    private void current(Besieged besieged, Database database, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            besieged.served(50);
            long head =
                    Long.parseLong(database.ask("select next_position - 1 from log").getFirst());
            long began = System.nanoTime();
            for (StreamReader reader : readers) {
                reader.seen().await(head, CURRENT);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("all were shown position %d", head)
                    .isLessThan(CURRENT);
        }
    }

    /// How many each sees in the grid.
    private static void together(Members members, int... expected) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                // one that has not joined yet has no figure
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    for (int number = 0; number < expected.length; number++) {
                        assertThat(members(members.number(number)))
                                .as("members of the grid that member %d sees", number)
                                .isEqualTo(expected[number]);
                    }
                });
    }

    private static int members(Member member) throws Exception {
        return (int) member.figure("tributary_grid_members");
    }
}
