package io.tributary.host.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/// The newest version seen under each of some keys, so that an older one that somebody put back is
/// told from what it stands in place of. Thread safe.
///
/// Keys that were not looked at for longest are forgotten.
final class Seen {

    private final int most;

    private final Map<String, Version> newest =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Version> eldest) {
                    return size() > most;
                }
            };

    /// What a value comes before or after; compared by `era` first.
    record Version(long era, long number) {

        boolean isBefore(Version other) {
            return era < other.era || (era == other.era && number < other.number);
        }
    }

    /// @param most how many keys are remembered
    Seen(int most) {
        this.most = most;
    }

    /// Takes note of a version.
    ///
    /// @return false: a newer one was seen before
    synchronized boolean take(String key, Version version) {
        Version before = newest.get(key);
        if (before != null && version.isBefore(before)) {
            return false;
        }
        newest.put(key, version);
        return true;
    }
}
