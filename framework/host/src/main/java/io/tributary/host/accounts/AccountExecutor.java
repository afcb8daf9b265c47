package io.tributary.host.accounts;

import io.tributary.host.calls.Errand;
import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/// An account's own threads: virtual ones, of the plugin's class loader, interrupted at close.
final class AccountExecutor implements Executor, AutoCloseable {

    /// Tasks at once; a plugin that starts one for each message and never ends them stops here.
    static final int MOST = 1_000;

    private final ExecutorService threads;
    private final Semaphore places = new Semaphore(MOST);
    private final Lease lease;
    private final ClassLoader loader;
    private final System.Logger log;

    AccountExecutor(
            PluginVersion plugin,
            AccountId account,
            ClassLoader loader,
            System.Logger log,
            Lease lease) {
        this.threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual()
                                .name(
                                        plugin.id()
                                                + '/'
                                                + plugin.version()
                                                + ' '
                                                + account
                                                + " task")
                                .inheritInheritableThreadLocals(false)
                                .factory());
        this.loader = loader;
        this.log = log;
        this.lease = lease;
    }

    @Override
    public void execute(Runnable task) {
        lease.check();
        var kept = Errand.kept(task);
        if (!places.tryAcquire()) {
            throw new RejectedExecutionException(
                    "more than " + MOST + " tasks of one account at once: let some end first");
        }
        try {
            threads.execute(() -> run(kept));
        } catch (RejectedExecutionException closed) {
            places.release();
            throw closed;
        }
    }

    /// Interrupts what runs. Does not wait: a task that ignores its interrupt ends when it ends.
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void run(Runnable task) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            task.run();
        } catch (Throwable thrown) {
            tell(thrown);
        } finally {
            places.release();
        }
    }

    private void tell(Throwable thrown) {
        try {
            log.log(System.Logger.Level.ERROR, "a task of the account failed", thrown);
        } catch (IllegalStateException closed) {
            // It ended because the account did.
        }
    }
}
