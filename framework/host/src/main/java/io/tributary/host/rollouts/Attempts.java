package io.tributary.host.rollouts;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Versions that could not serve on this member, and when each is tried again: the reason may lie
/// in what this member has and others have not, and be mended. Thread safe.
final class Attempts {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

    private record Attempt(String sha256, String reason, Duration pause, long at) {}

    void failed(String plugin, String sha256, String reason) {
        attempts.compute(
                plugin,
                (_, before) ->
                        new Attempt(
                                sha256,
                                reason,
                                before == null || !before.sha256().equals(sha256)
                                        ? FIRST_PAUSE
                                        : longer(before.pause()),
                                System.nanoTime()));
    }

    /// @return whether the last one had failed
    boolean succeeded(String plugin) {
        return attempts.remove(plugin) != null;
    }

    /// Why the last attempt with this artifact failed; empty: there was none.
    Optional<String> reason(String plugin, String sha256) {
        return Optional.ofNullable(attempts.get(plugin))
                .filter(each -> each.sha256().equals(sha256))
                .map(Attempt::reason);
    }

    /// Whether it is too early for another one.
    boolean early(String plugin, String sha256) {
        var attempt = attempts.get(plugin);
        return attempt != null
                && attempt.sha256().equals(sha256)
                && System.nanoTime() - attempt.at() < attempt.pause().toNanos();
    }

    private static Duration longer(Duration pause) {
        var longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
}
