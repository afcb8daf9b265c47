package io.tributary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One thread that serves many sockets, so that they take little of the cores that they share with
/// what is measured.
final class SelectorLoop implements AutoCloseable {

    private static final long LOOK_NANOS = 1_000_000;

    private final String name;
    private final Selector selector = Selector.open();
    private final Work work;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    /// What is done on the thread. What it throws ends all.
    interface Work {

        /// Before each wait: whatever is due.
        ///
        /// @return how long to wait for sockets at most, in milliseconds; more than 0
        long turn(Selector selector) throws IOException;

        /// One has something to say, or takes more.
        void serve(SelectionKey key) throws IOException;
    }

    SelectorLoop(String name, Work work) throws IOException {
        this.name = name;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::live);
    }

    /// Begins, once whoever made it is whole.
    void start() {
        thread.start();
    }

    /// Waits for something that the loop brings about.
    ///
    /// @param otherwise what to say when it does not come
    void await(BooleanSupplier condition, Duration patience, Supplier<String> otherwise)
            throws IOException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            check();
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw new IOException(otherwise.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// @throws IOException one of the sockets has failed, and with it all
    void check() throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw new IOException("a socket of the " + name + " failed", broken);
        }
    }

    /// Seconds of processor time that all this took so far.
    double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) / 1e9;
    }

    private void live() {
        try {
            while (!closed) {
                selector.select(this::serve, work.turn(selector));
            }
        } catch (IOException broken) {
            failure = broken;
        } catch (UncheckedIOException broken) {
            failure = broken.getCause();
        } catch (RuntimeException broken) {
            failure = new IOException(broken);
        }
    }

    private void serve(SelectionKey key) {
        try {
            work.serve(key);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Closes all sockets.
    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
