package io.tributary.host.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Tells who in the grid is none of us: who was there without a row for longer than the grace,
/// within a window of some graces. Thread safe.
///
/// What counts is the time between two good readings of the roster, so nobody is judged by one that
/// failed. It is counted for the host that a member is at, since who comes back gets another id:
/// going and coming again wins no time. Who had a row once and lacks it now is no stranger as long
/// as it stays; it is only named.
final class Strangers {

    private static final int WINDOW_IN_GRACES = 6;
    private static final int MOST_SPANS = 5_000;

    private final long grace;
    private final Map<UUID, Visit> visits = new LinkedHashMap<>();

    /// Those that came first come first.
    private final Deque<Span> spans = new ArrayDeque<>();

    private long readAt;
    private boolean reads;

    private static final class Visit {

        private final GridMember member;
        private long came;
        private long went = Long.MAX_VALUE;
        private boolean vouched;
        private long lapsed = -1;

        Visit(GridMember member, long came) {
            this.member = member;
            this.came = came;
        }

        boolean over() {
            return went != Long.MAX_VALUE;
        }

        long within(long from, long to) {
            return Math.max(0, Math.min(to, went) - Math.max(from, came));
        }
    }

    /// A member was there without a row.
    ///
    /// @param reading when that was read; what several of one host were there at once counts once
    /// @param between how long before it was read the last time
    private record Span(GridMember member, long reading, long between, long nanos) {

        String host() {
            return member.address().substring(0, member.address().lastIndexOf(':'));
        }
    }

    Strangers(Duration grace) {
        this.grace = grace.toNanos();
    }

    /// Who is in the grid now.
    ///
    /// @param now by the monotonic clock
    synchronized void see(List<GridMember> all, long now) {
        Map<UUID, GridMember> here = new HashMap<>();
        all.stream().filter(each -> !each.self()).forEach(each -> here.put(each.uuid(), each));
        here.forEach((uuid, member) -> {
            Visit visit = visits.get(uuid);
            if (visit == null) {
                visits.put(uuid, new Visit(member, now));
            } else if (visit.over()) {
                // anybody may call itself what one that left was called; without a row the time
                // in between counts as well
                visit.came = visit.vouched ? now : visit.came;
                visit.went = Long.MAX_VALUE;
                visit.vouched = false;
                visit.lapsed = -1;
            }
        });
        for (Visit visit : visits.values()) {
            if (!visit.over() && !here.containsKey(visit.member.uuid())) {
                visit.went = now;
            }
        }
        // who came and went in between is kept for one reading; a flood of those is not
        Iterator<Visit> eldest = visits.values().iterator();
        while (visits.size() > MOST_SPANS && eldest.hasNext()) {
            if (eldest.next().over()) {
                eldest.remove();
            }
        }
    }

    /// The roster could not be read, or not so that others can be judged by it: the time until it
    /// is read again counts for nobody.
    synchronized void unread() {
        reads = false;
        visits.values().forEach(each -> each.lapsed = -1);
    }

    /// Judges by a reading of the roster.
    ///
    /// @param live whom it knows
    /// @param now when the reading began
    /// @return a stranger that was here for too long; it may have gone meanwhile
    synchronized Optional<GridMember> judge(Set<UUID> live, long now) {
        long from = reads ? readAt : now;
        readAt = now;
        reads = true;
        for (Iterator<Visit> all = visits.values().iterator(); all.hasNext(); ) {
            Visit visit = all.next();
            if (live.contains(visit.member.uuid())) {
                visit.vouched = true;
                visit.lapsed = -1;
                // it was ours all the time
                spans.removeIf(each -> each.member.uuid().equals(visit.member.uuid()));
            } else if (visit.vouched) {
                visit.lapsed = visit.lapsed < 0 ? now : visit.lapsed;
            } else if (visit.within(from, now) > 0) {
                spans.add(new Span(visit.member, now, now - from, visit.within(from, now)));
            }
            if (visit.over()) {
                all.remove();
            }
        }
        while (!spans.isEmpty()
                && (now - spans.getFirst().reading > WINDOW_IN_GRACES * grace
                        || spans.size() > MOST_SPANS)) {
            spans.removeFirst();
        }
        return worst();
    }

    /// Members that had a row, and do not have one for some time.
    synchronized List<GridMember> lapsed(long now, Duration patience) {
        List<GridMember> lapsed = new ArrayList<>();
        for (Visit each : visits.values()) {
            if (each.lapsed >= 0 && now - each.lapsed >= patience.toNanos()) {
                lapsed.add(each.member);
            }
        }
        return lapsed;
    }

    private Optional<GridMember> worst() {
        Map<String, Map<Long, Long>> hosts = new HashMap<>();
        for (Span each : spans) {
            Map<Long, Long> readings = hosts.computeIfAbsent(each.host(), _ -> new HashMap<>());
            readings.merge(
                    each.reading, each.nanos, (one, other) -> Math.min(one + other, each.between));
        }
        return hosts.entrySet().stream()
                .filter(each ->
                        each.getValue().values().stream().mapToLong(Long::longValue).sum() >= grace)
                .findFirst()
                .map(each -> newest(each.getKey()));
    }

    private GridMember newest(String host) {
        return spans.reversed().stream()
                .filter(each -> each.host().equals(host))
                .map(Span::member)
                .findFirst()
                .orElseThrow();
    }
}
