package io.tributary.wearables.mqtt;

import io.tributary.spi.Malformed;
import io.tributary.wearables.mqtt.Measurement.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads measurements in the shape of FHIR's Observation
/// (https://hl7.org/fhir/R4/observation.html), of which a device says what it has to.
final class Observations {

    private static final String LOINC = "http://loinc.org";

    private Observations() {}

    /// @throws Malformed it is no observation, or does not say when it was made
    static Measurement read(JsonNode observation) {
        var from = begin(observation);
        var to = end(observation, from);
        var values = values(observation);
        return new Measurement(
                record(observation, from),
                change(StrictJson.text(observation, "status")),
                version(observation),
                from,
                to,
                values);
    }

    private static Instant begin(JsonNode observation) {
        for (var name : List.of("effectiveDateTime", "effectiveInstant")) {
            var time = Times.read(observation, name);
            if (time != null) {
                return time;
            }
        }
        var period = observation.path("effectivePeriod");
        return period.isObject() ? Times.need(period, "start") : Times.need(observation, "issued");
    }

    private static Instant end(JsonNode observation, Instant from) {
        var end = Times.read(observation.path("effectivePeriod"), "end");
        return end == null || end.isBefore(from) ? from : end;
    }

    private static String record(JsonNode observation, Instant from) {
        var identifier = StrictJson.text(observation.path("identifier").path(0), "value");
        if (!identifier.isEmpty()) {
            return identifier;
        }
        var id = StrictJson.text(observation, "id");
        return id.isEmpty() ? loinc(observation.path("code")) + "@" + from : id;
    }

    /// The statuses of FHIR (https://hl7.org/fhir/R4/valueset-observation-status.html).
    private static Change change(String status) {
        return switch (status) {
            case "registered", "preliminary" -> Change.PRELIMINARY;
            case "amended", "corrected" -> Change.CORRECTED;
            case "cancelled", "entered-in-error" -> Change.WITHDRAWN;
            default -> Change.FINAL;
        };
    }

    private static String version(JsonNode observation) {
        var version = StrictJson.text(observation.path("meta"), "versionId");
        var issued = version.isEmpty() ? StrictJson.text(observation, "issued") : version;
        return issued.isEmpty() ? Names.digest(StrictJson.write(observation)) : issued;
    }

    /// Its own value, and those of its components, as blood pressure has them.
    private static List<Measurement.Value> values(JsonNode observation) {
        var values = new ArrayList<Measurement.Value>();
        add(observation, values);
        for (var component : observation.path("component")) {
            add(component, values);
        }
        return values;
    }

    private static void add(JsonNode holder, List<Measurement.Value> into) {
        var code = loinc(holder.path("code"));
        var quantity = holder.path("valueQuantity");
        var unit = unit(quantity);
        var value = quantity.path("value");
        if (!code.isEmpty() && value.isNumber() && unit != null) {
            into.add(new Measurement.Value(code, value.decimalValue(), unit));
        }
    }

    private static String loinc(JsonNode concept) {
        for (var coding : concept.path("coding")) {
            if (StrictJson.text(coding, "system").equals(LOINC)) {
                return StrictJson.text(coding, "code");
            }
        }
        return "";
    }

    private static @Nullable String unit(JsonNode quantity) {
        var system = StrictJson.text(quantity, "system");
        var code = StrictJson.text(quantity, "code");
        if (!code.isEmpty() && (system.isEmpty() || system.equals(Units.SYSTEM))) {
            return code;
        }
        var unit = StrictJson.text(quantity, "unit");
        return unit.isEmpty() ? null : Units.code(unit);
    }
}
