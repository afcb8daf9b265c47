package io.tributary.host.rollouts;

import io.tributary.host.plugins.LoadedPlugin;
import java.util.ArrayDeque;
import java.util.Deque;

/// How one version did lately: its calls over the last looks, not since it was loaded, when Java
/// had compiled nothing of it yet. Thread safe.
final class Course {

    private static final int LOOKS = 120;

    private final LoadedPlugin plugin;
    private final Deque<Tally> looks = new ArrayDeque<>();

    Course(LoadedPlugin plugin) {
        this.plugin = plugin;
        looks.add(Tally.of(plugin));
    }

    LoadedPlugin plugin() {
        return plugin;
    }

    synchronized void look() {
        if (looks.size() == LOOKS) {
            looks.removeFirst();
        }
        looks.add(Tally.of(plugin));
    }

    /// Over at most the last `count` looks.
    synchronized Tally last(int count) {
        var now = looks.getLast();
        int skip = Math.max(0, looks.size() - 1 - count);
        return now.since(looks.stream().skip(skip).findFirst().orElse(Tally.NOTHING));
    }

    /// Over all that is remembered.
    Tally whole() {
        return last(LOOKS);
    }
}
