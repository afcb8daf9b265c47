package io.tributary.host.calls;

import java.time.Duration;
import java.util.Map;

/// How a plugin version's calls went since it was loaded.
///
/// @param running how many run now
/// @param waiting how many wait for a place in the bulkhead now; an estimate
/// @param kinds by what was called; kinds that never were are left out
public record CallFigures(int running, int waiting, Map<Calls.Kind, OfKind> kinds) {

    public CallFigures {
        kinds = Map.copyOf(kinds);
    }

    /// The calls of one kind; nothing but zeros where there never was one.
    public OfKind of(Calls.Kind kind) {
        return kinds.getOrDefault(kind, OfKind.NONE);
    }

    /// The calls of one kind.
    ///
    /// @param calls how many ended, well or not; those given up as stuck are not among them
    /// @param time how long all of them took together
    /// @param failures by cause; causes that never were are left out
    public record OfKind(long calls, Duration time, Map<PluginFailure.Cause, Long> failures) {

        static final OfKind NONE = new OfKind(0, Duration.ZERO, Map.of());

        public OfKind {
            failures = Map.copyOf(failures);
        }
    }
}
