package io.tributary.host.outbound;

import io.tributary.spi.Capabilities.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How long before the end of a send window agent apps are told of it.
///
/// @param leads the longest first
record Countdown(List<Duration> leads) {

    Countdown {
        leads = leads.stream().sorted(Comparator.reverseOrder()).toList();
    }

    static boolean isOpen(Window window, Instant now) {
        var closesAt = window.closesAt();
        return closesAt != null && now.isBefore(closesAt);
    }

    /// When to look at a window next: at the next of these times before its end, or at its end.
    Instant next(Instant closesAt, Instant now) {
        for (var lead : leads) {
            var due = closesAt.minus(lead);
            if (due.isAfter(now)) {
                return due;
            }
        }
        return closesAt;
    }

    /// The last of these times that is over; empty: none is. Of several that passed unnoticed only
    /// the last is of any use.
    Optional<Duration> reached(Instant closesAt, Instant now) {
        return leads.reversed().stream()
                .filter(lead -> !closesAt.minus(lead).isAfter(now))
                .findFirst();
    }
}
