package io.tributary.host.calls;

import io.tributary.model.AccountId;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The way into one loaded plugin version. Thread safe.
///
/// Two steps, so that a chain of calls for one event costs one thread: [#start] gives the work a
/// virtual thread of its own, and on it each [#call] is one guarded call into the plugin.
public interface Calls {

    /// Runs `work` on a new virtual thread named after plugin, version, account and `what`; returns
    /// at once.
    void start(AccountId account, String what, Runnable work);

    /// Runs `work` soon, as [#start] does, but perhaps on a virtual thread that has done other such
    /// work before: for short work of which there is much. The thread bears this work's name while
    /// it does it. Where work proves not to be short, each has a thread of its own again.
    default void relay(AccountId account, String what, Runnable work) {
        start(account, what, work);
    }

    /// Runs one call into the plugin on this virtual thread: waits for a place in the bulkhead,
    /// sets the plugin's loader as context class loader, interrupts at the deadline, and copies
    /// whatever is thrown into a [PluginFailure].
    ///
    /// A call that still runs a second after its interrupt is stuck: `whenStuck` runs then, once,
    /// on the watchdog's thread, so that whoever waits can be answered; what the call returns later
    /// is thrown away by a [PluginFailure].
    ///
    /// @throws PluginFailure the plugin threw, was late or is not to be called any more
    /// @throws InterruptedException somebody else than the watchdog interrupted this thread
    <T> T call(Kind kind, AccountId account, Callable<T> body, Runnable whenStuck)
            throws PluginFailure, InterruptedException;

    /// The same where nobody waits for the answer but this thread.
    default <T> T call(Kind kind, AccountId account, Callable<T> body)
            throws PluginFailure, InterruptedException {
        return call(kind, account, body, () -> {});
    }

    /// Makes the call on a virtual thread of its own and waits for it, but never for a stuck one.
    /// For every caller that has not one thread per call to lose.
    default <T> T ask(Kind kind, AccountId account, Callable<T> body)
            throws PluginFailure, InterruptedException {
        return ask(account, kind, whenStuck -> call(kind, account, body, whenStuck));
    }

    /// The same for work that makes calls of this kind among other things.
    default <T> T ask(AccountId account, Kind kind, Work<T> work)
            throws PluginFailure, InterruptedException {
        var answer = new CompletableFuture<T>();
        start(
                account,
                kind.title(),
                () -> {
                    try {
                        answer.complete(work.run(() -> answer.completeExceptionally(stuck(kind))));
                    } catch (PluginFailure
                            | InterruptedException
                            | RuntimeException
                            | Error failure) {
                        answer.completeExceptionally(failure);
                    }
                });
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case PluginFailure failure -> throw failure;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }

    /// Why the plugin is not called now, for an operator; empty while it is.
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /// Something that makes calls.
    @FunctionalInterface
    interface Work<T> {

        /// Does it.
        ///
        /// @param whenStuck for each of the calls
        T run(Runnable whenStuck) throws PluginFailure, InterruptedException;
    }

    /// Stops the clock of the call that runs on this thread, until the answer is closed: time that
    /// the host needs for a plugin does not count against the plugin's deadline. Meanwhile others
    /// have its place in the bulkhead, since the host may have to call the same plugin to answer.
    /// Does nothing on a thread that is in no call.
    default Pause pause() {
        return () -> {};
    }

    private static PluginFailure stuck(Kind kind) {
        return PluginFailure.of(
                PluginFailure.Cause.STUCK,
                kind.title() + " did not end, even a second after it was interrupted");
    }

    /// Runs on this virtual thread what stays in the plugin for as long as it likes: with the
    /// plugin's loader, and whatever is thrown is copied; but it takes no place in the bulkhead and
    /// has no deadline. Who starts it ends it by an interrupt; so does the plugin's quarantine.
    ///
    /// @throws PluginFailure the plugin threw or is not to be called any more
    /// @throws InterruptedException it left because of an interrupt
    void stay(AccountId account, Body body) throws PluginFailure, InterruptedException;

    /// Notes that something did not leave the plugin in time: it counts as a stuck call.
    ///
    /// @param what as messages have it
    /// @return to be run when it has left after all: it is stuck no longer then
    Runnable givenUp(AccountId account, String what);

    /// What stays in a plugin.
    @FunctionalInterface
    interface Body {

        void run() throws Exception;
    }

    /// A stopped clock.
    interface Pause extends AutoCloseable {

        /// Takes a place again and lets the clock run on. Call it once, on the thread that stopped
        /// it.
        @Override
        void close();
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
        SIGNAL(5_000),
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
        private final long nanos;
        private final String title;

        Kind(long millis) {
            this.deadline = Duration.ofMillis(millis);
            this.nanos = deadline.toNanos();
            this.title = name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public Duration deadline() {
            return deadline;
        }

        /// In lower case, as thread names, metrics and messages have it: `look-up`.
        public String title() {
            return title;
        }

        long nanos() {
            return nanos;
        }
    }
}
