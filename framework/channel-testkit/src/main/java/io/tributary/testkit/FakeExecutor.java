package io.tributary.testkit;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Virtual threads that end with the account.
final class FakeExecutor implements Executor {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final String name;
    private volatile boolean closed;

    FakeExecutor(String name) {
        this.name = name;
    }

    @Override
    public void execute(Runnable work) {
        if (closed) {
            throw new RejectedExecutionException("the account is closed");
        }
        var thread =
                Thread.ofVirtual()
                        .name(name + " own")
                        .unstarted(() -> {
                            try {
                                work.run();
                            } finally {
                                running.remove(Thread.currentThread());
                            }
                        });
        running.add(thread);
        thread.start();
    }

    /// Interrupts what runs and waits for it.
    ///
    /// @throws DeadlineMissed something goes on all the same
    void interruptAll() throws InterruptedException {
        closed = true;
        for (var thread : running) {
            thread.interrupt();
        }
        for (var thread : running) {
            if (!thread.join(GRACE)) {
                throw new DeadlineMissed(
                        "a thread of the account's own goes on a second after its interrupt");
            }
        }
    }
}
