package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The database's server dies, and one takes over that lacks what was committed last.
final class FailOverIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CONNECTIONS = 32;

    @TempDir Path folder;

    @Test
    @DisplayName(
            "a standby that lacks the last commits: members go on by themselves, agents are told, and nothing else is lost or renumbered")
    void behind() throws Exception {
        Path record = folder.resolve("record");
        Path copy = folder.resolve("standby");
        try (Database primary = Database.start(folder);
                Cable cable = new Cable(InetAddress.getLoopbackAddress(), primary.port());
                Members members = new Members(launches(primary, cable), Front.NONE);
                Ledger ledger = Ledger.create(record);
                Provider provider =
                        new Provider(ledger, members.door(), CONNECTIONS, new Random())) {
            members.startAll();
            String beginning = members.any().now();
            try (var reader =
                    new StreamReader(
                            members.places(),
                            beginning,
                            StreamReader.Habit.CAREFUL,
                            new Random())) {
                reader.begin();
                provider.begin();
                assertThat(provider.awaitMore(500, PATIENCE)).isTrue();
                Set<Long> safe = History.read(record).acknowledged();
                String early = members.any().now();
                primary.copyTo(copy);
                assertThat(provider.awaitMore(500, PATIENCE)).isTrue();
                String late = members.any().now();
                long head = head(primary);
                reader.seen().await(head, PATIENCE);

                primary.kill();
                long refused = provider.refused();
                await().atMost(PATIENCE).until(() -> provider.refused() > refused);
                Set<Long> before = History.read(record).acknowledged();
                try (Database standby = Database.promoted(copy)) {
                    long common = head(standby);
                    assertThat(common).as("the standby is behind").isLessThan(head).isPositive();
                    cable.leadTo(standby.port());
                    long began = System.nanoTime();
                    assertThat(provider.awaitMore(300, PATIENCE)).isTrue();
                    Duration took = Duration.ofNanos(System.nanoTime() - began);
                    assertThat(standby.ask("select max(number) from timeline"))
                            .containsExactly("2");

                    await().atMost(PATIENCE).until(() -> reader.trouble().startsWith("410"));
                    assertThat(provider.finish(PATIENCE)).isTrue();
                    for (Member each : members.all()) {
                        await().atMost(PATIENCE)
                                .untilAsserted(() -> assertThat(each.notReady()).isEmpty());
                        told(each, late, common);
                        assertThat(each.get("/v1/interactions?after=" + early).statusCode())
                                .as("a cursor of what both know is good")
                                .isEqualTo(200);
                    }

                    List<Row> log = members.any().log();
                    assertThat(contents(log.subList(0, (int) common)))
                            .as("what both know is as readers were shown it")
                            .isEqualTo(contents(reader.seen().upTo(common)));
                    History history = History.read(record);
                    List<Violation> violations = Checker.check(history, log, Map.of());
                    assertThat(violations)
                            .as("what is wrong is that something is lost")
                            .isNotEmpty()
                            .allSatisfy(
                                    each -> assertThat(each.kind()).isEqualTo(Violation.Kind.LOST));
                    Set<Long> lost = lost(history, log);
                    System.out.printf(
                            "fail-over from position %d to %d: served again after %d ms; %d messages acknowledged, %d of them lost%n",
                            head,
                            common,
                            took.toMillis(),
                            history.acknowledged().size(),
                            lost.size());
                    assertThat(violations).hasSameSizeAs(lost);
                    assertThat(before)
                            .as("lost after the copy and before the end")
                            .containsAll(lost);
                    assertThat(lost).doesNotContainAnyElementsOf(safe);
                    // before the server that it needs to leave in peace
                    members.stopAll();
                }
            }
        }
    }

    private List<Launch> launches(Database primary, Cable cable) throws Exception {
        Fleet fleet = Fleet.over(primary, folder);
        for (int number = 0; number < Fleet.MEMBERS; number++) {
            fleet.reaching(number, cable.url());
        }
        return fleet.launches();
    }

    /// Without what tells of the timeline in which they are shown.
    private static List<Row> contents(List<Row> rows) {
        return rows.stream()
                .map(row -> new Row(row.position(), row.id(), row.sender(), row.text(), ""))
                .toList();
    }

    private static long head(Database database) throws Exception {
        return Long.parseLong(database.ask("select next_position - 1 from log").getFirst());
    }

    /// A cursor of what is lost is refused, with the last one that is good.
    private static void told(Member member, String late, long common) throws Exception {
        HttpResponse<String> answer = member.get("/v1/interactions?limit=1&after=" + late);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(410);
        JsonNode problem = new JsonMapper().readTree(answer.body());
        String good = problem.path("oldest").asString("");
        JsonNode next = member.json("/v1/interactions?limit=1&after=" + good);
        assertThat(Row.of(next.path("items").path(0)).position()).isEqualTo(common + 1);
    }

    private static Set<Long> lost(History history, List<Row> log) {
        Set<String> kept = log.stream().map(Row::text).collect(Collectors.toSet());
        Set<Long> lost = new HashSet<>();
        for (Message message : history.sent()) {
            if (history.acknowledged().contains(message.number())
                    && !kept.contains(message.text())) {
                lost.add(message.number());
            }
        }
        return lost;
    }
}
