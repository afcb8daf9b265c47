package io.tributary.host.calls;

import io.tributary.model.AccountId;
import java.time.Duration;
import java.util.concurrent.Callable;

/// The way into one loaded plugin version.
///
/// Two steps, so that a chain of calls for one event costs one thread: [#start] gives the work a
/// virtual thread of its own, and on it each [#call] is one guarded call into the plugin.
public interface Calls {

    /// Runs `work` on a new virtual thread named after plugin, version, account and `what`; returns
    /// at once.
    void start(AccountId account, String what, Runnable work);

    /// Runs one call into the plugin on this virtual thread: waits for a place in the bulkhead,
    /// sets the plugin's loader as context class loader, interrupts at the deadline, and copies
    /// whatever is thrown into a [PluginFailure].
    ///
    /// A call that still runs a second after its interrupt is stuck: `whenStuck` runs then, once,
    /// on the watchdog's thread, so that whoever waits can be answered; what the call returns later
    /// is thrown away by a [PluginFailure].
    <T> T call(Kind kind, AccountId account, Callable<T> body, Runnable whenStuck)
            throws PluginFailure, InterruptedException;

    default <T> T call(Kind kind, AccountId account, Callable<T> body)
            throws PluginFailure, InterruptedException {
        return call(kind, account, body, () -> {});
    }

    /// What is called, and for how long it may run.
    enum Kind {
        CAPABILITIES(200),
        PARK(1_000),
        TRANSLATE(2_000),
        PAGE(2_000),
        VERIFY(5_000),
        CONNECT(5_000),
        ON_INTERACTION(5_000),
        SPLIT(2_000),
        OPEN(10_000),
        ON_FRAME(10_000),
        CLOSE(10_000),
        SEND(30_000),
        LOOK_UP(30_000),
        LOCATE(30_000),
        CHECK(30_000),
        PERFORM(60_000);

        private final Duration deadline;

        Kind(long millis) {
            this.deadline = Duration.ofMillis(millis);
        }

        public Duration deadline() {
            return deadline;
        }
    }
}
