package io.tributary.wearables.mqtt;

import io.tributary.spi.Malformed;
import io.tributary.wearables.mqtt.Measurement.Change;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reads Open mHealth data points (https://www.openmhealth.org/documentation/#/schema-docs): a
/// header that says what it is and whose, and a body in one of the schemas.
final class DataPoints {

    /// One figure of a schema's body.
    private record Figure(String member, String code) {}

    /// By schemas' names; what they measure by LOINC.
    private static final Map<String, List<Figure>> SCHEMAS =
            Map.ofEntries(
                    Map.entry("heart-rate", List.of(new Figure("heart_rate", "8867-4"))),
                    Map.entry(
                            "blood-pressure",
                            List.of(
                                    new Figure("systolic_blood_pressure", "8480-6"),
                                    new Figure("diastolic_blood_pressure", "8462-4"))),
                    Map.entry(
                            "respiratory-rate", List.of(new Figure("respiratory_rate", "9279-1"))),
                    Map.entry(
                            "oxygen-saturation",
                            List.of(new Figure("oxygen_saturation", "2708-6"))),
                    Map.entry(
                            "body-temperature", List.of(new Figure("body_temperature", "8310-5"))),
                    Map.entry("body-weight", List.of(new Figure("body_weight", "29463-7"))),
                    Map.entry("body-height", List.of(new Figure("body_height", "8302-2"))),
                    Map.entry("body-mass-index", List.of(new Figure("body_mass_index", "39156-5"))),
                    Map.entry("step-count", List.of(new Figure("step_count", "55423-8"))));

    private static final Map<String, String> GLUCOSE =
            Map.of("mg/dL", "2339-0", "mmol/L", "15074-8");

    /// Of whatever unit; nothing is measured for so long.
    private static final BigDecimal LONGEST = BigDecimal.valueOf(10_000);

    private DataPoints() {}

    /// Whose it is.
    ///
    /// @throws Malformed it does not say
    static String user(JsonNode point) {
        return StrictJson.need(point.path("header"), "user_id");
    }

    /// @throws Malformed it is no data point, or does not say when it was measured
    static Measurement read(JsonNode point) {
        var header = point.path("header");
        var body = point.path("body");
        var frame = body.path("effective_time_frame");
        var interval = frame.path("time_interval");
        var from = interval.isObject() ? begin(interval) : Times.need(frame, "date_time");
        var to = interval.isObject() ? end(interval, from) : from;
        var values = values(StrictJson.text(header.path("schema_id"), "name"), body);
        return new Measurement(
                StrictJson.need(header, "id"),
                Change.FINAL,
                "",
                values.size() == 1 ? values.getFirst().code() : "",
                new Measurement.Period(from, to),
                values);
    }

    /// An interval has two of begin, end and duration.
    private static Instant begin(JsonNode interval) {
        var start = Times.read(interval, "start_date_time");
        return start != null
                ? start
                : Times.need(interval, "end_date_time").minus(duration(interval));
    }

    private static Instant end(JsonNode interval, Instant from) {
        var end = Times.read(interval, "end_date_time");
        var last = end == null ? from.plus(duration(interval)) : end;
        return last.isBefore(from) ? from : last;
    }

    private static Duration duration(JsonNode interval) {
        var duration = interval.path("duration");
        var value = duration.path("value");
        if (!value.isNumber() || value.decimalValue().abs().compareTo(LONGEST) > 0) {
            return Duration.ZERO;
        }
        long millis = value.decimalValue().abs().movePointRight(3).longValue();
        return switch (Units.code(StrictJson.text(duration, "unit"))) {
            case "s" -> Duration.ofMillis(millis);
            case "min" -> Duration.ofMillis(millis).multipliedBy(60);
            case "h" -> Duration.ofMillis(millis).multipliedBy(3_600);
            case "d" -> Duration.ofMillis(millis).multipliedBy(86_400);
            default -> Duration.ZERO;
        };
    }

    private static List<Measurement.Value> values(String schema, JsonNode body) {
        var values = new ArrayList<Measurement.Value>();
        for (var figure : figures(schema, body)) {
            var quantity = body.path(figure.member());
            var value = quantity.isNumber() ? quantity : quantity.path("value");
            var unit = quantity.isNumber() ? "steps" : StrictJson.text(quantity, "unit");
            if (value.isNumber() && !unit.isEmpty()) {
                values.add(
                        new Measurement.Value(
                                figure.code(), value.decimalValue(), Units.code(unit)));
            }
        }
        return values;
    }

    /// Glucose has two codes: LOINC tells mass from substance concentration.
    private static List<Figure> figures(String schema, JsonNode body) {
        if (schema.equals("blood-glucose")) {
            var code = GLUCOSE.get(StrictJson.text(body.path("blood_glucose"), "unit"));
            return code == null ? List.of() : List.of(new Figure("blood_glucose", code));
        }
        return SCHEMAS.getOrDefault(schema, List.of());
    }
}
