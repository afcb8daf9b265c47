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

    /// @throws Malformed it is no observation, does not say when it was made, or does not say what
    ///   it withdraws
    static Measurement read(JsonNode observation) {
        var change = change(StrictJson.text(observation, "status"));
        boolean gone = change == Change.WITHDRAWN || change == Change.CANCELLED;
        var period = period(observation);
        if (period == null && !gone) {
            throw new Malformed("it does not say when it was made, with an offset");
        }
        var record = record(observation, period, gone);
        var values = values(observation);
        return new Measurement(
                record,
                change,
                version(observation, change),
                code(observation, values),
                period,
                values);
    }

    /// Null: it does not say.
    private static Measurement.@Nullable Period period(JsonNode observation) {
        var from = begin(observation);
        return from == null ? null : new Measurement.Period(from, end(observation, from));
    }

    private static @Nullable Instant begin(JsonNode observation) {
        for (var name : List.of("effectiveDateTime", "effectiveInstant")) {
            var time = Times.read(observation, name);
            if (time != null) {
                return time;
            }
        }
        var period = observation.path("effectivePeriod");
        return period.isObject() ? Times.read(period, "start") : Times.read(observation, "issued");
    }

    private static Instant end(JsonNode observation, Instant from) {
        var end = Times.read(observation.path("effectivePeriod"), "end");
        return end == null || end.isBefore(from) ? from : end;
    }

    private static String record(
            JsonNode observation, Measurement.@Nullable Period period, boolean gone) {
        var identifier = StrictJson.text(observation.path("identifier").path(0), "value");
        if (!identifier.isEmpty()) {
            return identifier;
        }
        var id = StrictJson.text(observation, "id");
        return id.isEmpty() ? nameless(observation, period, gone) : id;
    }

    /// What was measured, and when. What has no code that everybody knows may be anything: it is
    /// the same as what says the same, and nothing can take it back.
    private static String nameless(
            JsonNode observation, Measurement.@Nullable Period period, boolean gone) {
        var code = observation.path("code");
        if (period != null && !loinc(code).isEmpty()) {
            var words = new ArrayList<String>();
            for (var coding : code.path("coding")) {
                words.add(StrictJson.text(coding, "system"));
                words.add(StrictJson.text(coding, "code"));
            }
            words.add(period.from().toString());
            words.add(period.to().toString());
            return Names.of(words.toArray(String[]::new));
        }
        if (gone) {
            throw new Malformed("it does not say what it withdraws");
        }
        return "@" + Names.digest(StrictJson.write(observation));
    }

    /// The statuses of FHIR (https://hl7.org/fhir/R4/valueset-observation-status.html).
    private static Change change(String status) {
        return switch (status) {
            case "registered", "preliminary" -> Change.PRELIMINARY;
            case "amended", "corrected" -> Change.CORRECTED;
            case "entered-in-error" -> Change.WITHDRAWN;
            case "cancelled" -> Change.CANCELLED;
            default -> Change.FINAL;
        };
    }

    /// What is preliminary is given out anew with each step, of which only its content tells.
    private static String version(JsonNode observation, Change change) {
        var version = StrictJson.text(observation.path("meta"), "versionId");
        boolean growing = change == Change.PRELIMINARY;
        var issued =
                version.isEmpty() && !growing ? StrictJson.text(observation, "issued") : version;
        return issued.isEmpty() ? Names.digest(StrictJson.write(observation)) : issued;
    }

    /// By its values, or, where it has none, by what could have one.
    private static String code(JsonNode observation, List<Measurement.Value> values) {
        if (!values.isEmpty()) {
            return values.size() == 1 ? values.getFirst().code() : "";
        }
        return observation.path("component").isEmpty() ? loinc(observation.path("code")) : "";
    }

    /// Its own value, and those of its components, as blood pressure has them. What is only less or
    /// more than a figure is none of these: neither is it a mean's, so all of it is kept as it is.
    private static List<Measurement.Value> values(JsonNode observation) {
        var values = new ArrayList<Measurement.Value>();
        boolean exact = add(observation, values);
        for (var component : observation.path("component")) {
            exact &= add(component, values);
        }
        return exact ? values : List.of();
    }

    /// @return false: it has a comparator, such as `<`
    private static boolean add(JsonNode holder, List<Measurement.Value> into) {
        var code = loinc(holder.path("code"));
        var quantity = holder.path("valueQuantity");
        if (quantity.has("comparator")) {
            return false;
        }
        var unit = unit(quantity);
        var value = quantity.path("value");
        if (!code.isEmpty() && value.isNumber() && unit != null) {
            into.add(new Measurement.Value(code, value.decimalValue(), unit));
        }
        return true;
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
