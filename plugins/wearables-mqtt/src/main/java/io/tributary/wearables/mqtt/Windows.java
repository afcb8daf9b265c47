package io.tributary.wearables.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;

/// Counts what falls into each window, and cuts one into parts that holds very many: with each
/// value those are read that wait in its part already, so that the work for a window would grow
/// with the square of their number. Thread safe.
///
/// What it counts is forgotten with the account: a part may have twice as many then.
final class Windows {

    static final int MOST_VALUES = 300;

    /// Those that were counted last; a device has some for each kind of value.
    private static final int MOST_WINDOWS = 20_000;

    private final Map<String, Integer> counted =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > MOST_WINDOWS;
                }
            };

    /// In which part of a window its next value belongs, from 1.
    synchronized int part(String window) {
        int before = counted.merge(window, 1, Integer::sum) - 1;
        return 1 + before / MOST_VALUES;
    }
}
