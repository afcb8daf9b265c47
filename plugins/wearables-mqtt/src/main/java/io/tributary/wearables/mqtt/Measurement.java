package io.tributary.wearables.mqtt;

import io.tributary.model.Content;
import io.tributary.spi.Malformed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a device has measured, in whichever form it told so.
///
/// @param record what the device calls it; where it has no name, what was measured and when
/// @param change what it is to what was told before
/// @param version tells corrections of one record apart
/// @param code what it measures, where that is one thing; empty: several, or none that is known
/// @param period null: it does not say, as a withdrawal need not
/// @param values empty: it is nothing that can be expressed as readings
record Measurement(
        String record,
        Change change,
        String version,
        String code,
        @Nullable Period period,
        List<Value> values) {

    /// What a measurement is to those before it.
    enum Change {
        /// It is new and stands.
        FINAL,
        /// It is new, and a final one will follow.
        PRELIMINARY,
        /// It stands for one of that name from before.
        CORRECTED,
        /// The final one of that name was never so.
        WITHDRAWN,
        /// After the preliminary one of that name comes no final one.
        CANCELLED
    }

    /// When it was made.
    ///
    /// @param to the same moment where it did not last; never before `from`
    record Period(Instant from, Instant to) {}

    /// One figure.
    ///
    /// @param code a LOINC code
    /// @param unit a UCUM code
    record Value(String code, BigDecimal value, String unit) {

        /// Without the figure: it is somebody's health.
        @Override
        public String toString() {
            return "Value[" + code + "]";
        }
    }

    Measurement {
        values = List.copyOf(values);
    }

    /// @throws Malformed it does not say
    Instant from() {
        return known().from();
    }

    /// @throws Malformed it does not say
    Instant to() {
        return known().to();
    }

    private Period known() {
        var said = period;
        if (said == null) {
            throw new Malformed("it does not say when it was made");
        }
        return said;
    }

    /// @param device null: nobody said what measured
    List<Content> readings(@Nullable String device) {
        return values.stream().map(value -> reading(value, device)).toList();
    }

    private Content reading(Value value, @Nullable String device) {
        return new Content.Reading(
                value.code(), value.value(), value.unit(), from(), to(), null, device);
    }

    /// The only value; null: there are several or none.
    @Nullable Value single() {
        return values.size() == 1 ? values.getFirst() : null;
    }

    /// The record alone.
    @Override
    public String toString() {
        return "Measurement[" + change + ", " + values.size() + " values]";
    }
}
