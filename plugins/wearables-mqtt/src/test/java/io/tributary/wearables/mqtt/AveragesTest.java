package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.spi.RawEvent;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import io.tributary.wearables.mqtt.Topics.Kind;
import io.tributary.wearables.mqtt.Topics.Origin;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what comes fast")
class AveragesTest {

    private static final TestSettings SETTINGS =
            Sample.settings(URI.create("http://127.0.0.1:1"))
                    .withSecret("webhookSecret", Sample.SECRET)
                    .with(
                            "averages",
                            List.of(
                                    TestSettings.NONE
                                            .with("code", "8867-4")
                                            .with("window", Duration.ofMinutes(1))
                                            .with("keep", true)));

    private static String rate(int number, String time, String value) {
        return Sample.HEART_RATE
                .replace("123e4567-e89b-12d3-a456-426655440000", "r" + number)
                .replace("2026-01-01T12:58:30+01:00", time)
                .replace("\"value\":50", "\"value\":" + value);
    }

    @Test
    @DisplayName("becomes one reading a window, with how it lay around the mean")
    void averages() throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new WearablesChannel(), SETTINGS)) {
            account.webhook(Sample.posted(rate(1, "2026-01-01T11:59:00Z", "60")));
            account.webhook(Sample.posted(rate(2, "2026-01-01T11:59:20Z", "61.5")));
            account.webhook(Sample.posted(rate(2, "2026-01-01T11:59:20Z", "61.5")));
            account.webhook(Sample.posted(rate(3, "2026-01-01T11:59:40Z", "90")));
            account.webhook(Sample.posted(rate(4, "2026-01-01T12:00:00Z", "70")));
            assertThat(host.stored()).isEmpty();

            host.advance(Duration.ofSeconds(66));

            assertThat(host.stored()).hasSize(2);
            assertThat(host.stored())
                    .extracting(stored -> stored.inbound().content())
                    .contains(
                            new Content.Reading(
                                    "8867-4",
                                    new BigDecimal("70.5"),
                                    "/min",
                                    Instant.parse("2026-01-01T11:59:00Z"),
                                    Instant.parse("2026-01-01T11:59:40Z"),
                                    new Content.Reading.Spread(
                                            BigDecimal.valueOf(60), BigDecimal.valueOf(90), 3),
                                    null));
            assertThat(host.stored())
                    .extracting(stored -> stored.inbound().extensions())
                    .contains(
                            Map.of(
                                    "wearables-mqtt.values",
                                    Json.of(
                                            "[[\"2026-01-01T11:59:00Z\",60],"
                                                    + "[\"2026-01-01T11:59:20Z\",61.5],"
                                                    + "[\"2026-01-01T11:59:40Z\",90]]")));
            assertThat(host.deadLetters()).isEmpty();
        }
    }

    @Test
    @DisplayName("is told in parts that say so where very many fall into one window; none is lost")
    void many() {
        var reader = Sample.averaging("8867-4", Duration.ofMinutes(1));
        var groups = new LinkedHashMap<String, List<RawEvent>>();
        for (int i = 0; i < 2 * Windows.MOST_VALUES + 1; i++) {
            var time = "2026-01-01T11:59:%06.3fZ".formatted(i / 100.0);
            var payload = Sample.heartRate("r" + i, time, "72", "final");
            var event =
                    reader.event(new Origin(Sample.DEVICE, Kind.OBS), Bytes.utf8(payload), null);
            groups.computeIfAbsent(
                            Objects.requireNonNull(event.piece()).group(), _ -> new ArrayList<>())
                    .add(event);
        }

        assertThat(groups.values())
                .extracting(List::size)
                .containsExactly(Windows.MOST_VALUES, Windows.MOST_VALUES, 1);
        assertThat(groups.values())
                .extracting(part -> Sample.translated(part.getFirst()).getFirst().extensions())
                .containsExactly(
                        Map.of(),
                        Map.of("wearables-mqtt.part", Json.of("2")),
                        Map.of("wearables-mqtt.part", Json.of("3")));
    }

    @Test
    @DisplayName("is told window by window when it comes hours late")
    void late() throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new WearablesChannel(), SETTINGS)) {
            for (int minute = 0; minute < 10; minute++) {
                var time = "2026-01-01T03:0" + minute + ":30Z";
                account.webhook(Sample.posted(rate(minute, time, "60")));
            }
            host.advance(Duration.ofMinutes(2));

            assertThat(host.stored()).hasSize(10);
        }
    }

    private static TestSettings window(Duration window) {
        var policy = TestSettings.NONE.with("code", "8867-4").with("window", window);
        return SETTINGS.with("averages", List.of(policy));
    }

    @Test
    @DisplayName("is dated by its end, and a clock that is right is not called wrong for that")
    void dated() throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new WearablesChannel(), window(Duration.ofMinutes(5)))) {
            account.webhook(Sample.posted(rate(1, "2026-01-01T12:00:00Z", "60")));
            host.advance(Duration.ofSeconds(299));
            account.webhook(Sample.posted(rate(2, "2026-01-01T12:04:59Z", "62")));
            host.advance(Duration.ofSeconds(10));

            var mean = host.stored().getFirst().inbound();
            assertThat(mean.occurredAt()).isEqualTo(Instant.parse("2026-01-01T12:04:59Z"));
            assertThat(mean.extensions()).isEmpty();
        }
    }

    @Test
    @DisplayName("is put right where the device's clock is ahead by a day")
    void ahead() throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new WearablesChannel(), window(Duration.ofMinutes(5)))) {
            account.webhook(Sample.posted(rate(1, "2026-01-02T12:00:00Z", "60")));
            account.webhook(Sample.posted(rate(2, "2026-01-02T12:04:00Z", "62")));
            host.advance(Duration.ofSeconds(306));

            var mean = host.stored().getFirst().inbound();
            assertThat(mean.occurredAt()).isEqualTo(Instant.parse("2026-01-01T12:04:00Z"));
            assertThat(mean.extensions())
                    .containsEntry("wearables-mqtt.clockAhead", Json.string("PT24H"));
        }
    }

    @Test
    @DisplayName("is corrected beside its mean, which cannot be taken apart")
    void corrected() {
        var reader = Sample.averaging("8867-4", Duration.ofMinutes(1));
        var event = read(reader, "entered-in-error");

        assertThat(event.piece()).isNull();
        var inbound = Sample.translated(event).getFirst();
        assertThat(inbound.target()).isNull();
        assertThat(inbound.content()).isInstanceOf(Content.Custom.class);
        assertThat(read(reader, "final").piece()).isNotNull();
    }

    @Test
    @DisplayName("is corrected so by what says neither value nor time again")
    void correctedByCode() {
        var reader = Sample.averaging("8867-4", Duration.ofMinutes(1));
        var withdrawal =
                """
                {"id":"r1","status":"entered-in-error",
                 "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]}}
                """;
        var event = reader.event(new Origin(Sample.DEVICE, Kind.OBS), Bytes.utf8(withdrawal), null);

        assertThat(event.piece()).isNull();
        assertThat(Sample.translated(event).getFirst().content())
                .isInstanceOf(Content.Custom.class);
    }

    @Test
    @DisplayName("leaves out what is preliminary, and has it cancelled by its own name")
    void preliminary() {
        var reader = Sample.averaging("8867-4", Duration.ofMinutes(1));

        assertThat(read(reader, "preliminary").piece()).isNull();
        assertThat(Sample.translated(read(reader, "cancelled")).getFirst().content())
                .isEqualTo(new Content.Deleted());
    }

    private static RawEvent read(EventReader reader, String status) {
        var payload = Sample.heartRate("r1", "2026-01-01T11:59:00Z", "72", status);
        return reader.event(new Origin(Sample.DEVICE, Kind.OBS), Bytes.utf8(payload), null);
    }
}
