package io.tributary.host.calls;

import io.tributary.model.AccountId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last few failures of one channel's calls, each kind of trouble once. Thread safe.
final class RecentFailures {

    private static final int MOST = 10;

    /// The latest first.
    private final Deque<RecentFailure> failures = new ArrayDeque<>(MOST + 1);

    /// Leaves out what is no fault of the plugin: what a sender wrote wrongly would push out
    /// everything else.
    void note(Calls.Kind kind, AccountId account, PluginFailure failure) {
        switch (failure.why()) {
            case THROWN, TROUBLE, DEADLINE, STUCK ->
                    add(RecentFailure.of(Instant.now(), account, kind, failure));
            case MALFORMED, NOT_STORED, CLOSED -> {}
        }
    }

    synchronized List<RecentFailure> all() {
        return List.copyOf(failures);
    }

    private synchronized void add(RecentFailure failure) {
        var latest = failure;
        for (var before : failures) {
            if (before.like(failure)) {
                latest = failure.after(before);
                failures.remove(before);
                break;
            }
        }
        failures.addFirst(latest);
        if (failures.size() > MOST) {
            failures.removeLast();
        }
    }
}
