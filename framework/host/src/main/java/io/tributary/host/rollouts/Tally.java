package io.tributary.host.rollouts;

import io.tributary.host.calls.CallFigures;
import io.tributary.host.calls.Calls;
import io.tributary.host.plugins.LoadedPlugin;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How the calls of one plugin version went, by kind, over all its channels.
record Tally(Map<Calls.Kind, Line> lines) {

    static final Tally NOTHING = new Tally(Map.of());

    /// The calls of one kind.
    ///
    /// @param failures those that are the plugin's own doing
    record Line(long calls, long nanos, long failures) {

        static final Line NONE = new Line(0, 0, 0);

        private Line plus(Line other) {
            return new Line(calls + other.calls, nanos + other.nanos, failures + other.failures);
        }

        private Line minus(Line other) {
            return new Line(calls - other.calls, nanos - other.nanos, failures - other.failures);
        }

        double mean() {
            return calls == 0 ? 0 : (double) nanos / calls;
        }

        double failing() {
            return calls == 0 ? 0 : (double) failures / calls;
        }
    }

    /// Since the version was loaded.
    static Tally of(LoadedPlugin plugin) {
        var sum = new EnumMap<Calls.Kind, Line>(Calls.Kind.class);
        for (var channel : plugin.channels()) {
            channel.calls()
                    .figures()
                    .kinds()
                    .forEach((kind, figures) -> sum.merge(kind, line(figures), Line::plus));
        }
        return new Tally(sum);
    }

    Line of(Calls.Kind kind) {
        return lines.getOrDefault(kind, Line.NONE);
    }

    /// What several have seen, one after another.
    static Tally sum(List<Tally> seen) {
        var sum = new EnumMap<Calls.Kind, Line>(Calls.Kind.class);
        seen.forEach(each -> each.lines.forEach((kind, line) -> sum.merge(kind, line, Line::plus)));
        return new Tally(sum);
    }

    /// What was added since `before`.
    Tally since(Tally before) {
        var rest = new EnumMap<Calls.Kind, Line>(Calls.Kind.class);
        lines.forEach((kind, line) -> rest.put(kind, line.minus(before.of(kind))));
        return new Tally(rest);
    }

    /// What the host refused, or a sender wrote wrongly, says nothing of the version; calls that
    /// were given up are not among those that ended.
    private static Line line(CallFigures.OfKind figures) {
        long failures = 0;
        long given = 0;
        for (var each : figures.failures().entrySet()) {
            switch (each.getKey()) {
                case THROWN, TROUBLE, DEADLINE -> failures += each.getValue();
                case STUCK -> given += each.getValue();
                case MALFORMED, NOT_STORED, CLOSED -> {}
            }
        }
        return new Line(figures.calls() + given, figures.time().toNanos(), failures + given);
    }
}
