package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.faults.Violation.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clusters that are built wrongly, each in one of the ways that seem to work: the checker must say
/// so. What is wrong is put into the test's own database, or before its members.
final class SabotagedFleetIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    @DisplayName("members that acknowledge before the commit are found to lose messages")
    void hasty() throws Exception {
        var hasty = new HastyFront();
        try (Database database = Database.start(folder);
                Siege siege =
                        Siege.fleet(
                                Fleet.over(database, folder).launches(),
                                hasty,
                                folder.resolve("record"),
                                new Random(),
                                StreamReader.Habit.CAREFUL)) {
            assertThat(siege.provider().awaitMore(1_000, PATIENCE)).isTrue();
            siege.kill();
            int lost = hasty.lost();
            siege.restart();
            assertThat(siege.provider().awaitMore(300, PATIENCE)).isTrue();
            assertThat(siege.provider().finish(PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(hasty::idle);
            Siege.Outcome outcome = siege.end();

            System.out.printf(
                    "acknowledged before the commit, %d thrown away: %s%n", lost, outcome);
            assertThat(lost).as("the fault took effect").isPositive();
            assertThat(outcome.kinds())
                    .containsKey(Kind.LOST)
                    .as("nothing is found that was not done")
                    .doesNotContainKeys(
                            Kind.DOUBLED, Kind.PHANTOM, Kind.GAP, Kind.DIFFERENT, Kind.MISSED);
        }
    }

    @Test
    @DisplayName("positions that are taken before the commit are found to be skipped by readers")
    void serial() throws Exception {
        try (Database database = Database.start(folder);
                Handset handset = Handset.open();
                Besieged besieged = Besieged.begin(database, handset, folder)) {
            // as a column that numbers itself does it: who takes a number first may commit last
            database.tell(
                    """
                    create sequence faults_serial;
                    select setval('faults_serial', (select next_position - 1 from log));
                    """);
            database.replaceIn(
                    "append_v1",
                    "select next_position into strict v_next from log where one = 1 for update;",
                    """
                    perform pg_advisory_lock(4711);
                    select last_value + 1 into v_next from faults_serial;
                    perform setval('faults_serial', v_next - 1 + greatest(1, jsonb_array_length(
                      jsonb_path_query_array(p_units, '$[*][*].c[*] ? (@.k == "append")'))));
                    perform pg_advisory_unlock(4711);
                    """,
                    "update log set next_position = v_next where one = 1;",
                    """
                    perform pg_sleep(random() * 0.05);
                    update log set next_position = greatest(next_position, v_next) where one = 1;
                    """);
            besieged.served(1_500);
            Siege.Outcome outcome = besieged.siege().end();

            System.out.printf("cursors by serial numbers: %s%n", outcome);
            assertThat(outcome.kinds()).containsKeys(Kind.GAP, Kind.MISSED);
        }
    }

    @Test
    @DisplayName("members that each believe to own the same slot are found to send side by side")
    void twoOwners() throws Exception {
        try (Database database = Database.start(folder);
                Handset handset = Handset.open();
                Besieged besieged = Besieged.begin(database, handset, folder)) {
            // as a lock does it that nobody asks for when something is written under it
            database.tell(
                    """
                    alter function beat_v1(jsonb) rename to beat_honestly_v1;
                    create function beat_v1(p jsonb) returns jsonb language sql volatile as $$
                      select beat_honestly_v1(p)
                        || jsonb_build_object('leave', '[]'::jsonb)
                        || jsonb_build_object('slots',
                          (select jsonb_agg(jsonb_build_array(account, number, epoch)) from slot))
                    $$;
                    """);
            await().atMost(PATIENCE).until(() -> senders(besieged, handset).size() > 1);
            besieged.answered(100);
            Siege.Outcome outcome = besieged.siege().end();
            List<Violation> violations = besieged.violations(outcome);

            System.out.printf("ownership by a mere lock: %s; %s%n", outcome, kinds(violations));
            assertThat(kinds(violations)).contains(Kind.NOT_OWNER);
        }
    }

    private static Set<Integer> senders(Besieged besieged, Handset handset) {
        return handset.arrivals().stream()
                .map(arrival -> besieged.members().ofProcess(arrival.process()))
                .filter(number -> number >= 0)
                .collect(Collectors.toSet());
    }

    private static Set<Kind> kinds(List<Violation> violations) {
        return violations.stream().map(Violation::kind).collect(Collectors.toSet());
    }
}
