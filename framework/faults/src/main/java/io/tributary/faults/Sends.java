package io.tributary.faults;

import io.tributary.faults.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Compares what agents were promised to be sent with what reached the provider, and with who was
/// to send it at that moment.
///
/// A reply of which the log says that nobody knows what became of it may be missing at the
/// provider; those behind it go out after that. Nothing may ever be there twice.
final class Sends {

    /// Of whose process nobody can tell any more: it was killed just then.
    static final String NOBODY_KNOWS = "?";

    private static final String UNKNOWN = "unknown";

    private final List<Reply> replies;
    private final Set<String> unknown = new HashSet<>();
    private final List<Violation> found = new ArrayList<>();

    private Sends(List<Reply> replies, List<Row> log) {
        this.replies = replies;
        for (Row row : log) {
            if (row.status().equals(UNKNOWN)) {
                unknown.add(row.about());
            }
        }
    }

    /// @param member whose process or address an arrival came from, by its name
    /// @param tenures of the one slot that the account has, in order
    static List<Violation> check(
            List<Reply> replies,
            List<Row> log,
            List<Arrival> arrivals,
            Function<Arrival, String> member,
            List<Tenure> tenures) {
        var sends = new Sends(replies, log);
        Set<String> late = new HashSet<>();
        replies.stream()
                .filter(reply -> sends.unknown.contains(reply.id()))
                .forEach(reply -> late.add(reply.text()));
        sends.each(arrivals);
        for (Arrival arrival : arrivals) {
            String owner = owner(tenures, arrival);
            // between the last look at the lease and the wire a process may be held still
            if (!NOBODY_KNOWS.equals(member.apply(arrival))
                    && !member.apply(arrival).equals(owner)
                    && !late.contains(arrival.text())) {
                sends.found.add(
                        new Violation(
                                Kind.NOT_OWNER,
                                "%s came from %s while %s was to send"
                                        .formatted(arrival, member.apply(arrival), owner)));
            }
        }
        return sends.found;
    }

    /// Which replies were to be sent by now and are not.
    static List<Reply> missing(List<Reply> replies, List<Row> log, List<Arrival> arrivals) {
        return new Sends(replies, log).missing(arrivals);
    }

    private List<Reply> missing(List<Arrival> arrivals) {
        Set<String> there = new HashSet<>();
        arrivals.forEach(arrival -> there.add(arrival.text()));
        List<Reply> missing = new ArrayList<>();
        for (Reply reply : replies) {
            if (!there.contains(reply.text()) && !unknown.contains(reply.id())) {
                missing.add(reply);
            }
        }
        return missing;
    }

    /// How many of them nobody knew of for a while.
    static long unknown(List<Reply> replies, List<Row> log) {
        var sends = new Sends(replies, log);
        return replies.stream().filter(reply -> sends.unknown.contains(reply.id())).count();
    }

    private static String owner(List<Tenure> tenures, Arrival arrival) {
        String owner = "nobody";
        for (Tenure each : tenures) {
            if (!each.from().isAfter(arrival.at())) {
                owner = each.member();
            }
        }
        return owner;
    }

    private void each(List<Arrival> arrivals) {
        Map<String, Reply> byText = new HashMap<>();
        Map<String, Integer> order = new HashMap<>();
        for (Reply reply : replies) {
            byText.put(reply.text(), reply);
            order.put(reply.text(), order.size());
        }
        Set<String> there = new HashSet<>();
        Map<String, Integer> newest = new HashMap<>();
        for (Arrival arrival : arrivals) {
            Reply reply = byText.get(arrival.text());
            int place = order.getOrDefault(arrival.text(), -1);
            if (reply == null || !reply.address().equals(arrival.number())) {
                found.add(new Violation(Kind.PHANTOM, "nobody wanted " + arrival));
            } else if (!there.add(arrival.text())) {
                found.add(new Violation(Kind.DOUBLED, arrival + " was sent again"));
            } else if (newest.merge(arrival.number(), place, Math::max) > place) {
                found.add(new Violation(Kind.REORDERED, arrival + " was overtaken"));
            }
        }
        for (Reply each : missing(arrivals)) {
            found.add(new Violation(Kind.LOST, each + " never reached the provider"));
        }
    }
}
