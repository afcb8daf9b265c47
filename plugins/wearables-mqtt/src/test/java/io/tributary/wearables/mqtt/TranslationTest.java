package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Content;
import io.tributary.model.Content.Alert.Severity;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Malformed;
import io.tributary.wearables.mqtt.Topics.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what devices write")
class TranslationTest {

    private static final String TIME = "2026-01-01T12:59:00+01:00";
    private static final Instant AT = Instant.parse("2026-01-01T11:59:00Z");

    private static Content reading(String value) {
        return new Content.Reading(
                "8867-4", new BigDecimal(value), "/min", AT, AT, null, Sample.DEVICE);
    }

    private static String rate(String status) {
        return Sample.heartRate("r1", TIME, "72", status);
    }

    @Test
    @DisplayName("a reading is known by device and record")
    void reads() {
        var inbound = Sample.told(Kind.OBS, rate("final"));

        assertThat(inbound.content()).isEqualTo(reading("72"));
        assertThat(inbound.occurredAt()).isEqualTo(AT);
        assertThat(inbound.parts().getFirst().externalIds()).containsExactly("device-0/r1");
        assertThat(Objects.requireNonNull(inbound.party()).address()).isEqualTo(Sample.DEVICE);
        assertThat(Sample.event(Kind.OBS, rate("final")).dedupe())
                .isEqualTo(
                        Sample.event(Kind.OBS, Sample.heartRate("r1", TIME, "73", "final"))
                                .dedupe());
    }

    @Test
    @DisplayName("a reading without a name is known by what was measured and when")
    void nameless() {
        var nameless = rate("final").replace("\"identifier\":[{\"value\":\"r1\"}],", "");
        var elsewhere = nameless.replace("12:59:00+01:00", "11:59:00+00:00");

        assertThat(Sample.event(Kind.OBS, nameless).dedupe())
                .isEqualTo(Sample.event(Kind.OBS, elsewhere).dedupe())
                .isInstanceOf(Dedupe.Key.class);
    }

    @Test
    @DisplayName("readings without a name that differ are different")
    void namelessOthers() {
        var mood =
                """
                {"code":{"coding":[{"system":"https://acme.example","code":"mood"}]},
                 "effectiveDateTime":"2026-01-01T11:59:00Z","valueString":"good"}
                """;
        var posture = mood.replace("mood", "posture").replace("good", "upright");
        var minute =
                """
                {"code":{"coding":[{"system":"http://loinc.org","code":"55423-8"}]},
                 "effectivePeriod":{"start":"2026-01-01T11:00:00Z","end":"2026-01-01T11:01:00Z"},
                 "valueQuantity":{"value":9,"unit":"steps"}}
                """;
        var hour = minute.replace("11:01", "12:00");
        var left = "{\"system\":\"https://acme.example\",\"code\":\"left\"}";
        var worn = minute.replace("}]}", "}," + left + "]}");

        assertThat(
                        List.of(mood, posture, minute, hour, worn).stream()
                                .map(told -> Sample.event(Kind.OBS, told).dedupe())
                                .distinct())
                .hasSize(5)
                .hasOnlyElementsOfType(Dedupe.Key.class);
    }

    @Test
    @DisplayName("a correction edits the record, each correction once")
    void corrects() {
        var inbound = Sample.told(Kind.OBS, rate("corrected"));

        assertThat(inbound.content()).isEqualTo(new Content.Edited(Part.of(reading("72"))));
        assertThat(inbound.target()).isEqualTo(Target.external("device-0/r1"));
        var other = Sample.heartRate("r1", TIME, "73", "corrected");
        assertThat(Sample.event(Kind.OBS, rate("corrected")).dedupe())
                .isEqualTo(Sample.event(Kind.OBS, rate("corrected")).dedupe())
                .isNotEqualTo(Sample.event(Kind.OBS, other).dedupe())
                .isNotEqualTo(Sample.event(Kind.OBS, rate("final")).dedupe());
    }

    @Test
    @DisplayName("a withdrawal deletes the record")
    void withdraws() {
        var inbound = Sample.told(Kind.OBS, rate("entered-in-error"));

        assertThat(inbound.content()).isEqualTo(new Content.Deleted());
        assertThat(inbound.target()).isEqualTo(Target.external("device-0/r1"));
    }

    @Test
    @DisplayName("a withdrawal needs no more than what it withdraws")
    void withdrawsByNameAlone() {
        var inbound = Sample.told(Kind.OBS, "{\"id\":\"r1\",\"status\":\"entered-in-error\"}");

        assertThat(inbound.content()).isEqualTo(new Content.Deleted());
        assertThat(inbound.target()).isEqualTo(Target.external("device-0/r1"));
        assertThat(inbound.occurredAt()).isNull();
        var nothing = Sample.event(Kind.OBS, "{\"status\":\"entered-in-error\"}");
        assertThatThrownBy(() -> Sample.translated(nothing)).isInstanceOf(Malformed.class);
    }

    @Test
    @DisplayName("a preliminary reading says so, and leaves its name to the final one")
    void preliminary() {
        var inbound = Sample.told(Kind.OBS, rate("preliminary"));

        assertThat(inbound.extensions()).containsEntry("wearables-mqtt.preliminary", Json.TRUE);
        assertThat(inbound.parts().getFirst().externalIds())
                .containsExactly("device-0/r1/preliminary");
        assertThat(Sample.told(Kind.OBS, rate("cancelled")).target())
                .isEqualTo(Target.external("device-0/r1/preliminary"));
    }

    @Test
    @DisplayName("each step of a preliminary reading is news, and an announced one is none yet")
    void preliminarySteps() {
        var registered = "{\"id\":\"r1\",\"status\":\"registered\",\"issued\":\"" + TIME + "\"}";
        var first = Sample.heartRate("r1", TIME, "71", "preliminary");
        var second = Sample.heartRate("r1", TIME, "72", "preliminary");

        assertThat(
                        List.of(registered, first, second).stream()
                                .map(told -> Sample.event(Kind.OBS, told).dedupe())
                                .distinct())
                .hasSize(3);
        assertThat(Sample.told(Kind.OBS, registered).parts().getFirst().externalIds()).isEmpty();
    }

    @Test
    @DisplayName("what is less than a figure is no reading of that figure, and is kept as it came")
    void comparator() {
        var low = rate("final").replace("\"value\":72", "\"comparator\":\"<\",\"value\":72");

        assertThat(Sample.told(Kind.OBS, low).content())
                .isInstanceOfSatisfying(
                        Content.Custom.class,
                        custom -> assertThat(custom.data().text()).contains("comparator"));
    }

    @Test
    @DisplayName("components are readings of one interaction, over a period")
    void components() {
        var inbound =
                Sample.told(
                        Kind.OBS,
                        """
                        {"id":"p1","status":"final",
                         "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
                         "effectivePeriod":{"start":"2026-01-01T11:58:00Z","end":"2026-01-01T11:59:00Z"},
                         "component":[
                          {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
                           "valueQuantity":{"value":121,"unit":"mmHg"}},
                          {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},
                           "valueQuantity":{"value":79.5,"unit":"mmHg"}}]}
                        """);

        assertThat(inbound.parts())
                .extracting(part -> part.content().fallback())
                .hasSize(2)
                .allMatch(text -> text.contains("mm[Hg]"));
        var first = (Content.Reading) inbound.content();
        assertThat(Duration.between(first.from(), first.to())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("what is no figure is kept as it came")
    void noFigure() {
        var payload =
                "{\"id\":\"x\",\"effectiveDateTime\":\"" + TIME + "\",\"valueString\":\"dizzy\"}";

        assertThat(Sample.told(Kind.OBS, payload).content())
                .isInstanceOfSatisfying(
                        Content.Custom.class,
                        custom -> assertThat(custom.data().text()).contains("dizzy"));
    }

    @ParameterizedTest
    @DisplayName("what cannot be read is a dead letter, and says nothing of itself")
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{\"id\":\"x\",\"id\":\"y\"}",
                "{\"effectiveDateTime\":\"2026-01-01\"}",
                "{\"effectiveDateTime\":\"2026-01-01T12:00:00\"}",
                "{\"effectiveDateTime\":\"+99999-01-01T12:00:00Z\"}",
                "{\"effectiveDateTime\":\"2026-01-01T12:00:00Z\",\"valueQuantity\":{\"value\":1e999999999}}"
            })
    void unreadable(String payload) {
        var event = Sample.event(Kind.OBS, payload);

        assertThat(event.dedupe()).isInstanceOf(Dedupe.Print.class);
        assertThatThrownBy(() -> Sample.translated(event)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @DisplayName("who is in danger is never taken lightly")
    @CsvSource({
        "sos, info, CRITICAL",
        "sos, '', CRITICAL",
        "SOS, info, CRITICAL",
        "Fall, Warning, URGENT",
        "fall, warning, URGENT",
        "fall, critical, CRITICAL",
        "battery, info, INFO",
        "geofence, urgent, URGENT",
        "geofence, unheard-of, WARNING",
    })
    void severities(String kind, String severity, Severity expected) {
        var alert = "{\"id\":\"a1\",\"kind\":\"%s\",\"severity\":\"%s\"}".formatted(kind, severity);

        assertThat(Sample.told(Kind.ALERT, alert).content())
                .isInstanceOfSatisfying(
                        Content.Alert.class,
                        content -> assertThat(content.severity()).isEqualTo(expected));
    }

    @Test
    @DisplayName("an alert that grows is news, and one that is over answers it")
    void escalates() {
        var warning = "{\"id\":\"a1\",\"kind\":\"still\",\"severity\":\"warning\"}";
        var urgent = warning.replace("warning", "urgent");
        var over = "{\"id\":\"a1\",\"kind\":\"sos\",\"state\":\"cancelled\"}";

        assertThat(
                        List.of(warning, urgent, over).stream()
                                .map(alert -> Sample.event(Kind.ALERT, alert).dedupe())
                                .distinct())
                .hasSize(3);
        var ended = Sample.told(Kind.ALERT, over);
        assertThat(ended.inReplyTo()).isEqualTo("alert/device-0/a1");
        assertThat(((Content.Alert) ended.content()).raises()).isFalse();
        assertThat(Sample.told(Kind.ALERT, warning).parts().getFirst().externalIds())
                .containsExactly("alert/device-0/a1");
    }

    @Test
    @DisplayName("an alert is over however its state is spelt")
    void over() {
        var over = "{\"id\":\"a1\",\"kind\":\"SOS\",\"state\":\"Ended\"}";

        assertThat(Sample.told(Kind.ALERT, over).content())
                .isEqualTo(new Content.Alert("sos", Severity.INFO, "The alert (sos) is over"));
    }

    @Test
    @DisplayName("an alert that grows again, moves or follows a reset is news, the same is not")
    void again() {
        var critical =
                "{\"id\":\"1\",\"kind\":\"still\",\"severity\":\"critical\",\"at\":\"%s\"}"
                        .formatted(TIME);
        var later = critical.replace("12:59:00", "12:59:30");
        var place = "\"location\":{\"latitude\":1,\"longitude\":2}";
        var moved = critical.replace("\"at\"", place + ",\"at\"");

        assertThat(
                        List.of(critical, later, moved).stream()
                                .map(alert -> Sample.event(Kind.ALERT, alert).dedupe())
                                .distinct())
                .hasSize(3);
        assertThat(Sample.event(Kind.ALERT, critical).dedupe())
                .isEqualTo(Sample.event(Kind.ALERT, critical).dedupe());
    }

    @Test
    @DisplayName("an alert says where")
    void place() {
        var alert =
                "{\"kind\":\"sos\",\"location\":{\"latitude\":52.5,\"longitude\":13.4,\"accuracy\":5}}";

        assertThat(Sample.told(Kind.ALERT, alert).parts().getLast().content())
                .isEqualTo(new Content.Location(52.5, 13.4, 5.0, null, null, null));
        assertThat(Sample.told(Kind.ALERT, alert.replace("52.5", "152.5")).parts()).hasSize(1);
    }

    @Test
    @DisplayName("a tap on an action is the choice that was made of a message")
    void taps() {
        assertThat(Sample.told(Kind.TAP, "{\"id\":\"t1\",\"on\":\"button\"}").content())
                .isEqualTo(new Content.Tap("button", null));
        var chosen =
                Sample.told(
                        Kind.TAP,
                        "{\"id\":\"t2\",\"action\":\"ok\",\"label\":\"Fine\",\"message\":\"0-key-1\"}");
        assertThat(chosen.content()).isEqualTo(new Content.ChoiceMade("ok", "Fine"));
        assertThat(chosen.inReplyTo()).isEqualTo("0-key-1");
    }

    @Test
    @DisplayName("a receipt is about a message of ours and the word of its device")
    void receipts() {
        var read = Sample.told(Kind.RECEIPT, "{\"message\":\"0-key-1\",\"status\":\"read\"}");

        assertThat(read.target()).isEqualTo(Target.external("0-key-1"));
        assertThat(read.content()).isEqualTo(Content.receipt(Content.Receipt.Status.READ));
        var tapped = Sample.told(Kind.TAP, "{\"id\":\"t3\",\"action\":\"ok\"}");
        assertThat(read.party()).isEqualTo(tapped.party());
        var unheard = Sample.event(Kind.RECEIPT, "{\"message\":\"m\",\"status\":\"eaten\"}");
        assertThatThrownBy(() -> Sample.translated(unheard)).isInstanceOf(Malformed.class);
    }

    @Test
    @DisplayName("nobody tells of another device's readings, nor answers them")
    void strange() {
        var receipt =
                Sample.event(
                        Kind.RECEIPT, "{\"message\":\"device-1/r1\",\"status\":\"delivered\"}");
        assertThatThrownBy(() -> Sample.translated(receipt)).isInstanceOf(Malformed.class);
        var chosen = Sample.told(Kind.TAP, "{\"action\":\"ok\",\"message\":\"device-1/r1\"}");
        assertThat(chosen.content()).isEqualTo(new Content.ChoiceMade("ok", "ok"));
        assertThat(chosen.inReplyTo()).isNull();
    }

    @Test
    @DisplayName("a clock that is a day ahead is put right, and what it said stays in the reading")
    void ahead() {
        var payload = Sample.heartRate("r1", "2026-01-02T11:30:00Z", "72", "final");
        var inbound =
                Sample.translated(Sample.event(Kind.OBS, payload, "2026-01-02T12:00:00Z"))
                        .getFirst();

        assertThat(inbound.occurredAt()).isEqualTo(Instant.parse("2026-01-01T11:30:00Z"));
        assertThat(((Content.Reading) inbound.content()).from())
                .isEqualTo(Instant.parse("2026-01-02T11:30:00Z"));
        assertThat(inbound.extensions())
                .containsEntry("wearables-mqtt.clockAhead", Json.string("PT24H"));
    }

    @Test
    @DisplayName(
            "a clock that is a day ahead and does not tell itself puts nothing into the future")
    void aheadUntold() {
        var payload = Sample.heartRate("r1", "2026-01-02T12:00:00Z", "72", "final");

        assertThat(Sample.told(Kind.OBS, payload).occurredAt()).isEqualTo(Sample.NOW);
    }

    @Test
    @DisplayName("what is a day old stays a day old: it may have waited")
    void behind() {
        var payload = Sample.heartRate("r1", "2025-12-31T12:00:00Z", "72", "final");
        var inbound =
                Sample.translated(Sample.event(Kind.OBS, payload, "2025-12-31T12:00:01Z"))
                        .getFirst();

        assertThat(inbound.occurredAt()).isEqualTo(Instant.parse("2025-12-31T12:00:00Z"));
        assertThat(inbound.extensions()).isEmpty();
    }
}
