package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Inbound;
import io.tributary.testkit.FakeHost;
import io.tributary.wearables.mqtt.Topics.Kind;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("data points")
class DataPointsTest {

    private static final String NOON = "\"date_time\":\"2026-01-01T12:00:00Z\"";

    /// One of each schema that is known, and one of another.
    static Stream<String> documented() {
        return Stream.of(
                Sample.HEART_RATE,
                point("blood-pressure", PRESSURE, NOON),
                point("body-weight", quantity("body_weight", "71.5", "kg"), NOON),
                point("body-height", quantity("body_height", "180", "cm"), NOON),
                point("body-mass-index", quantity("body_mass_index", "22", "kg/m2"), NOON),
                point("body-temperature", quantity("body_temperature", "97.5", "F"), NOON),
                point("blood-glucose", quantity("blood_glucose", "95", "mg/dL"), NOON),
                point("oxygen-saturation", quantity("oxygen_saturation", "97.2", "%"), NOON),
                point("respiratory-rate", quantity("respiratory_rate", "14", "breaths/min"), NOON),
                point("step-count", "\"step_count\":7939", DAY),
                point("sleep-duration", quantity("sleep_duration", "7.5", "h"), DAY));
    }

    private static final String RECORD = "123e4567-e89b-12d3-a456-426655440000";

    private static final String PRESSURE =
            quantity("systolic_blood_pressure", "160", "mmHg")
                    + ","
                    + quantity("diastolic_blood_pressure", "60", "mmHg");

    private static final String DAY =
            """
            "time_interval":{"start_date_time":"2026-01-01T00:00:00Z",\
            "duration":{"value":6.5,"unit":"h"}}\
            """;

    private static String quantity(String member, String value, String unit) {
        return "\"%s\":{\"value\":%s,\"unit\":\"%s\"}".formatted(member, value, unit);
    }

    private static String point(String schema, String figures, String frame) {
        return """
        {"header":{"id":"%1$s-1","creation_date_time":"2026-01-01T12:00:00Z",
         "schema_id":{"namespace":"omh","name":"%1$s","version":"1.0"},"user_id":"user1432"},
         "body":{%2$s,"effective_time_frame":{%3$s}}}
        """
                .formatted(schema, figures, frame);
    }

    private static Inbound told(String point) {
        var read = StrictJson.needObject(Bytes.utf8(point));
        return Sample.translated(Sample.reader().point(read)).getFirst();
    }

    @Test
    @DisplayName("become readings of whoever they are about")
    void heartRate() {
        var inbound = told(Sample.HEART_RATE);

        var party = Objects.requireNonNull(inbound.party());
        assertThat(party.address()).isEqualTo("posted/user1432");
        assertThat(party.identities())
                .containsExactly(Identity.byChannel("wearables.user", "user1432"));
        var at = Instant.parse("2026-01-01T11:58:30Z");
        assertThat(inbound.occurredAt()).isEqualTo(at);
        assertThat(inbound.content())
                .isEqualTo(
                        new Content.Reading(
                                "8867-4", BigDecimal.valueOf(50), "/min", at, at, null, null));
    }

    @Test
    @DisplayName("are nothing of a device that is called as their user, and nothing goes back")
    void noDevice() throws Exception {
        var point = Sample.HEART_RATE.replace("user1432", Sample.DEVICE).replace(RECORD, "r1");
        var inbound = told(point);
        var device =
                Sample.told(
                        Kind.OBS, Sample.heartRate("r1", "2026-01-01T11:59:00Z", "72", "final"));

        assertThat(inbound.party()).isNotEqualTo(device.party());
        assertThat(inbound.parts().getFirst().externalIds())
                .doesNotContainAnyElementsOf(device.parts().getFirst().externalIds());
        try (var host = new FakeHost();
                var account =
                        host.open(
                                new WearablesChannel(),
                                Sample.settings(URI.create("http://127.0.0.1:1")))) {
            var user = Sample.conversation(Objects.requireNonNull(inbound.party()).address());
            assertThat(account.capabilities(user)).isEqualTo(Capabilities.NONE);
            assertThat(account.capabilities(Sample.conversation()).mayStart()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0} in {2} is {3} in {4}")
    @DisplayName("bear LOINC's codes and UCUM's units")
    @CsvSource({
        "body-weight, body_weight, kg, 29463-7, kg",
        "body-weight, body_weight, lb, 29463-7, [lb_av]",
        "body-temperature, body_temperature, C, 8310-5, Cel",
        "body-temperature, body_temperature, F, 8310-5, [degF]",
        "blood-glucose, blood_glucose, mg/dL, 2339-0, mg/dL",
        "blood-glucose, blood_glucose, mmol/L, 15074-8, mmol/L",
        "respiratory-rate, respiratory_rate, breaths/min, 9279-1, /min",
    })
    void codes(String schema, String member, String unit, String loinc, String ucum) {
        var content = told(point(schema, quantity(member, "5.5", unit), NOON)).content();

        assertThat(content)
                .isInstanceOfSatisfying(
                        Content.Reading.class,
                        reading -> {
                            assertThat(reading.code()).isEqualTo(loinc);
                            assertThat(reading.unit()).isEqualTo(ucum);
                            assertThat(reading.value()).isEqualTo("5.5");
                        });
    }

    @Test
    @DisplayName("of blood pressure are two readings of one interaction")
    void pressure() {
        assertThat(told(point("blood-pressure", PRESSURE, NOON)).parts())
                .extracting(part -> ((Content.Reading) part.content()).code())
                .containsExactly("8480-6", "8462-4");
    }

    @Test
    @DisplayName("of steps last as long as they say")
    void steps() {
        var steps =
                (Content.Reading) told(point("step-count", "\"step_count\":7939", DAY)).content();

        assertThat(steps.unit()).isEqualTo("{steps}");
        assertThat(Duration.between(steps.from(), steps.to())).isEqualTo(Duration.ofMinutes(390));
    }

    @Test
    @DisplayName("of another schema are kept as they came")
    void unknown() {
        var content = told(point("sleep-duration", quantity("d", "7.5", "h"), DAY)).content();

        assertThat(content)
                .isInstanceOfSatisfying(
                        Content.Custom.class,
                        custom -> assertThat(custom.data().text()).contains("sleep-duration"));
    }

    @Test
    @DisplayName("come several at once, each once, and the unreadable is a dead letter")
    void several() throws Exception {
        var settings =
                Sample.settings(URI.create("http://127.0.0.1:1"))
                        .withSecret("webhookSecret", Sample.SECRET);
        try (var host = new FakeHost();
                var account = host.open(new WearablesChannel(), settings)) {
            var pressure = point("blood-pressure", PRESSURE, NOON);
            var list = "[" + Sample.HEART_RATE + "," + Sample.HEART_RATE + ",{}," + pressure + "]";
            assertThat(account.webhook(Sample.posted(list)).status()).isEqualTo(204);
            assertThat(account.webhook(Sample.posted("no JSON")).status()).isEqualTo(204);

            assertThat(host.stored())
                    .extracting(stored -> stored.inbound().parts().size())
                    .containsExactly(1, 2);
            assertThat(host.deadLetters()).hasSize(2);
        }
    }

    @Test
    @DisplayName("are refused elsewhere, by other methods and in excess")
    void refused() throws Exception {
        var settings =
                Sample.settings(URI.create("http://127.0.0.1:1"))
                        .withSecret("webhookSecret", Sample.SECRET);
        try (var host = new FakeHost();
                var account = host.open(new WearablesChannel(), settings)) {
            var good = Sample.posted(Sample.HEART_RATE);
            assertThat(account.webhook(good.path("elsewhere")).status()).isEqualTo(404);
            var many = "[" + "{},".repeat(1_000) + "{}]";
            assertThat(account.webhook(Sample.posted(many)).status()).isEqualTo(413);
            assertThat(host.stored()).isEmpty();
        }
    }
}
