package io.tributary.host.rollouts;

import io.tributary.host.plugins.LoadedPlugin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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

    /// What each of at most the last `count` looks has seen, oldest first.
    synchronized List<Tally> last(int count) {
        var seen = new ArrayList<Tally>();
        Tally earlier = null;
        for (var each : looks) {
            if (earlier != null) {
                seen.add(each.since(earlier));
            }
            earlier = each;
        }
        return List.copyOf(seen.subList(Math.max(0, seen.size() - count), seen.size()));
    }

    /// Over all that is remembered.
    synchronized Tally whole() {
        return looks.getLast().since(looks.getFirst());
    }
}
