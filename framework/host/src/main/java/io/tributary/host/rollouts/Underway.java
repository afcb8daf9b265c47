package io.tributary.host.rollouts;

import io.tributary.host.plugins.LoadedPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What is under way, what ended since this member started, and how the versions that serve did
/// lately. Thread safe.
final class Underway {

    private final Map<String, Ongoing> watched = new ConcurrentHashMap<>();
    private final Map<String, Rollout> latest = new ConcurrentHashMap<>();
    private final Map<String, Rollout> unwritten = new ConcurrentHashMap<>();
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

    /// Whichever version of the plugin is watched.
    Optional<Ongoing> watched(String plugin) {
        return Optional.ofNullable(watched.get(plugin));
    }

    List<Ongoing> watched() {
        return List.copyOf(watched.values());
    }

    void watch(Ongoing ongoing) {
        watched.put(ongoing.rollout().plugin(), ongoing);
    }

    boolean isWatched(Ongoing ongoing) {
        return watched.get(ongoing.rollout().plugin()) == ongoing;
    }

    void watchNoMore(Ongoing ongoing) {
        watched.remove(ongoing.rollout().plugin(), ongoing);
    }

    /// The last one of the plugin.
    Optional<Rollout> latest(String plugin) {
        return watched(plugin)
                .map(Ongoing::rollout)
                .or(() -> Optional.ofNullable(latest.get(plugin)));
    }

    Rollout ended(Rollout rollout) {
        latest.put(rollout.plugin(), rollout);
        return rollout;
    }

    /// Could not be written down yet.
    void unwritten(Rollout rollout) {
        unwritten.put(rollout.plugin(), rollout);
    }

    List<Rollout> unwritten() {
        return List.copyOf(unwritten.values());
    }

    void written(Rollout rollout) {
        unwritten.remove(rollout.plugin(), rollout);
    }

    /// The versions that may have to serve again.
    List<LoadedPlugin> standingBy() {
        return watched.values().stream().map(Ongoing::before).toList();
    }

    /// How the version did since it serves.
    @SuppressWarnings("ReferenceEquality") // the same version loaded again has done nothing yet
    Course course(LoadedPlugin plugin) {
        return courses.compute(
                plugin.version().id(),
                (_, known) ->
                        known == null || known.plugin() != plugin ? new Course(plugin) : known);
    }

    void gone(String plugin) {
        courses.remove(plugin);
    }

    void look() {
        courses.values().forEach(Course::look);
    }
}
