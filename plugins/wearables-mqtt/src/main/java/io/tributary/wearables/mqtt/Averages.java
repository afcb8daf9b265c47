package io.tributary.wearables.mqtt;

import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.spi.Malformed;
import io.tributary.spi.Piece;
import io.tributary.spi.Settings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The policy by which what comes fast is told slowly: all values of one kind that a device
/// measured in the same window become one reading.
///
/// @param policies by LOINC code
record Averages(Map<String, Policy> policies) {

    /// What is done with values of one kind.
    ///
    /// @param window how long one is
    /// @param kept whether the values themselves stand beside their mean
    record Policy(Duration window, boolean kept) {}

    /// How much later than measured the last of a window may come.
    private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

    private static final int MORE_DIGITS = 2;
    private static final int MOST_KEPT = 1_000;

    Averages {
        policies = Map.copyOf(policies);
    }

    static Averages of(Settings settings) {
        var policies = new HashMap<String, Policy>();
        for (var each : settings.sections("averages")) {
            var policy = new Policy(each.duration("window"), each.flag("keep", false));
            policies.put(each.text("code"), policy);
        }
        return new Averages(policies);
    }

    /// By what this is, or what it changes was, told together with others; null: it is told alone.
    /// A change need not say the value again, so what counts is its code.
    @Nullable Policy policy(Measurement measurement) {
        return switch (measurement.change()) {
            case FINAL -> measurement.single() == null ? null : policies.get(measurement.code());
            case CORRECTED, WITHDRAWN -> policies.get(measurement.code());
            case PRELIMINARY, CANCELLED -> null;
        };
    }

    /// Where a measurement belongs; empty: it is told alone. Windows lie on the device's own clock,
    /// so what comes hours late is averaged with what was measured beside it.
    ///
    /// @param address whose it is
    Optional<Piece> piece(String address, Measurement measurement) {
        var value = measurement.single();
        if (value == null || measurement.change() != Measurement.Change.FINAL) {
            return Optional.empty();
        }
        var policy = policies.get(value.code());
        if (policy == null) {
            return Optional.empty();
        }
        var window = policy.window();
        long number = Math.floorDiv(measurement.from().toEpochMilli(), window.toMillis());
        var group = Names.of(address, value.code(), value.unit(), Long.toString(number));
        return Optional.of(Piece.open(group, window.plus(ON_THE_WAY)));
    }

    /// All of a window in one.
    ///
    /// @param measured at least one, each with one value, in one unit
    /// @param device null: nobody said what measured
    static Content.Reading mean(List<Measurement> measured, @Nullable String device) {
        var values = measured.stream().map(Averages::value).toList();
        var first = values.getFirst();
        var figures = values.stream().map(Measurement.Value::value).toList();
        var spread =
                new Content.Reading.Spread(
                        figures.stream().min(BigDecimal::compareTo).orElseThrow(),
                        figures.stream().max(BigDecimal::compareTo).orElseThrow(),
                        figures.size());
        return new Content.Reading(
                first.code(),
                mean(figures),
                first.unit(),
                measured.stream().map(Measurement::from).min(Instant::compareTo).orElseThrow(),
                measured.stream().map(Measurement::to).max(Instant::compareTo).orElseThrow(),
                spread,
                device);
    }

    /// The values themselves, as `[["2026-01-01T12:00:00Z",72]]`; the first of them, where they are
    /// very many.
    static Json values(List<Measurement> measured) {
        var values = StrictJson.array();
        for (var each : measured.subList(0, Math.min(MOST_KEPT, measured.size()))) {
            values.addArray().add(each.from().toString()).add(value(each).value());
        }
        return Json.of(StrictJson.write(values));
    }

    private static Measurement.Value value(Measurement measurement) {
        var value = measurement.single();
        if (value == null) {
            throw new Malformed("a window of more than figures");
        }
        return value;
    }

    /// No more digits behind the point than two more than any of them has.
    private static BigDecimal mean(List<BigDecimal> figures) {
        var sum = figures.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        int digits = figures.stream().mapToInt(BigDecimal::scale).max().orElse(0) + MORE_DIGITS;
        var exact = sum.divide(BigDecimal.valueOf(figures.size()), MathContext.DECIMAL64);
        var rounded =
                exact.scale() > digits ? exact.setScale(digits, RoundingMode.HALF_EVEN) : exact;
        var plain = rounded.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
