package io.tributary.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Calls a plugin as the host does: on a virtual thread of its own, with the plugin's loader, until
/// a deadline.
final class Calls {

    /// How long a call may go on after its interrupt, before it is stuck.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ClassLoader loader;
    private final String name;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    Calls(ClassLoader loader, String name) {
        this.loader = loader;
        this.name = name;
    }

    /// Calls, and waits for the answer.
    ///
    /// @throws DeadlineMissed it took too long
    /// @throws AssertionError it threw an [Error]
    /// @throws Exception what it threw
    <T> T call(CallKind kind, Callable<T> body) throws Exception {
        var task = new FutureTask<T>(() -> kind.run(body::call));
        var thread = Thread.ofVirtual().name(name + " " + kind).unstarted(task);
        thread.setContextClassLoader(loader);
        start(thread);
        try {
            if (!thread.join(kind.deadline())) {
                throw late(kind, thread);
            }
            return task.get();
        } catch (ExecutionException thrown) {
            throw asException(kind, Objects.requireNonNull(thrown.getCause()));
        } finally {
            running.remove(thread);
        }
    }

    /// In one step: who is to be interrupted has begun.
    private synchronized void start(Thread thread) {
        running.add(thread);
        thread.start();
    }

    private synchronized List<Thread> underWay() {
        return List.copyOf(running);
    }

    /// Interrupts what is under way and waits until it has ended.
    ///
    /// @throws DeadlineMissed a call goes on all the same
    void interruptAll() throws InterruptedException {
        var underWay = underWay();
        underWay.forEach(Thread::interrupt);
        for (var thread : underWay) {
            if (!thread.join(GRACE)) {
                throw new DeadlineMissed(
                        thread.getName() + " goes on a second after its interrupt");
            }
        }
    }

    private static DeadlineMissed late(CallKind kind, Thread thread) throws InterruptedException {
        thread.interrupt();
        var ended = thread.join(GRACE);
        return new DeadlineMissed(
                kind
                        + " took longer than "
                        + kind.deadline().toMillis()
                        + " ms"
                        + (ended ? "" : ", and goes on a second after its interrupt"));
    }

    private static Exception asException(CallKind kind, Throwable cause) {
        if (cause instanceof Exception exception) {
            return exception;
        }
        throw new AssertionError(kind + " threw " + cause.getClass().getName(), cause);
    }
}
