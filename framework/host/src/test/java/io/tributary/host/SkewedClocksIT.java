package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("members whose clocks differ by ten minutes")
final class SkewedClocksIT {

    private static final Duration SKEW = Duration.ofMinutes(10);
    private static final Duration NEAR = Duration.ofMinutes(2);
    private static final Duration LITTLE = Duration.ofSeconds(2);

    @TempDir Path folder;

    private Harbour harbour;
    private BuzzerMember ada;
    private BuzzerMember bea;

    @SuppressWarnings("NullAway.Init") // set before each test
    SkewedClocksIT() {}

    @BeforeEach
    void build() throws Exception {
        harbour = new Harbour(folder);
        ada = harbour.ada();
        bea = harbour.bea(() -> InstantSource.system().instant().plus(SKEW));
    }

    @AfterEach
    void close() throws Exception {
        harbour.close();
    }

    @Test
    @DisplayName("give what comes one order, and times by the database's clock")
    void order() throws Exception {
        Buzzer there = Buzzer.connect(ada, "door", "device=di");
        Buzzer here = Buzzer.connect(bea, "door", "device=cy");
        for (int i = 1; i <= 3; i++) {
            there.say("say " + i + " hi").hears("ok " + i + " STORED " + i + " hello");
            here.say("say " + i + " hi").hears("ok " + i + " STORED " + i + " hello");
        }

        await().until(() -> ada.log().size() == 6 && bea.log().size() == 6);
        assertThat(bea.log()).isEqualTo(ada.log());
        List<Instant> received = received(bea);
        for (int i = 1; i < received.size(); i++) {
            // by the database's clock, which each member knows as well as an answer's time allows
            assertThat(received.get(i)).isAfter(received.get(i - 1).minus(LITTLE));
        }
        Instant now = Instant.now();
        assertThat(received)
                .allMatch(each -> Duration.between(each, now).abs().compareTo(NEAR) < 0);
    }

    private static List<Instant> received(BuzzerMember member) {
        List<Instant> all = new ArrayList<>();
        for (JsonNode event :
                new JsonMapper()
                        .readTree(member.send("GET", "/v1/interactions?limit=100", null).body())
                        .path("items")) {
            all.add(Instant.parse(event.path("data").path("receivedAt").asString()));
        }
        return all;
    }

    @Test
    @DisplayName("hold each connection once, for longer than a lease lasts")
    void leases() {
        Duration lease = Duration.ofSeconds(5);
        await().atMost(Duration.ofSeconds(30)).until(() -> harbour.tower().open() == 3);

        await().during(lease.plusSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> harbour.tower().open() == 3);
        assertThat(harbour.tower().mostAtOnce()).isLessThanOrEqualTo(3);
        assertThat(bea.send("GET", "/health/ready", null).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("are told of, by the one whose clock differs from the database's")
    void alarm() {
        assertThat(Harbour.ready(bea))
                .contains("\"clock\"")
                .containsPattern("clock is (599|600) s ahead of the database's");
        assertThat(Harbour.ready(ada)).doesNotContain("\"clock\"");
        assertThat(skew(bea)).isBetween(590.0, 610.0);
        assertThat(skew(ada)).isBetween(-2.0, 2.0);
    }

    private static double skew(BuzzerMember member) {
        return member.send("GET", "/metrics", null)
                .body()
                .lines()
                .filter(line -> line.startsWith("tributary_clock_skew_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
