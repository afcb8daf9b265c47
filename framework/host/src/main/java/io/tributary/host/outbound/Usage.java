package io.tributary.host.outbound;

import io.tributary.model.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many sends were taken lately, in stretches of a 48th of the quota's time. A stretch counts
/// until the quota's time after its end is over: never too little, and at most a 48th too long.
///
/// @param taken by the beginning of the stretch, in seconds since 1970
record Usage(SortedMap<Long, Integer> taken) {

    private static final int STRETCHES = 48;

    static Usage none() {
        return new Usage(new TreeMap<>());
    }

    /// Reads what [#bytes] wrote.
    static Usage of(Bytes bytes) {
        var taken = new TreeMap<Long, Integer>();
        for (var pair : bytes.utf8().split(" ", -1)) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                taken.put(
                        Long.parseLong(pair.substring(0, colon)),
                        Integer.parseInt(pair.substring(colon + 1)));
            }
        }
        return new Usage(taken);
    }

    Bytes bytes() {
        var text = new StringBuilder();
        taken.forEach((begin, sends) ->
                text.append(text.isEmpty() ? "" : " ").append(begin).append(':').append(sends));
        return Bytes.utf8(text.toString());
    }

    /// Without what is over.
    Usage at(Instant now, Quota quota) {
        var left = new TreeMap<Long, Integer>();
        taken.forEach((begin, sends) -> {
            if (ends(begin, quota).isAfter(now)) {
                left.put(begin, sends);
            }
        });
        return new Usage(left);
    }

    Usage and(int sends, Instant now, Quota quota) {
        long stretch = stretch(quota);
        var more = new TreeMap<>(taken);
        more.merge(now.getEpochSecond() / stretch * stretch, sends, Integer::sum);
        return new Usage(more);
    }

    int sum() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// When so many sends are free again.
    Instant opensAt(int sends, Quota quota) {
        int free = quota.sends() - sum();
        Instant at = Instant.EPOCH;
        for (Map.Entry<Long, Integer> one : taken.entrySet()) {
            if (free >= sends) {
                return at;
            }
            free += one.getValue();
            at = ends(one.getKey(), quota);
        }
        return at;
    }

    private static Instant ends(long begin, Quota quota) {
        return Instant.ofEpochSecond(begin + stretch(quota)).plus(quota.per());
    }

    private static long stretch(Quota quota) {
        return Math.max(1, quota.per().toSeconds() / STRETCHES);
    }
}
