package io.tributary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Many idle sockets on one thread.
final class Crowd implements AutoCloseable {

    /// A member is not to be knocked down.
    private static final int AT_THE_DOOR = 64;

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final List<IdleSocket> sockets = new ArrayList<>();
    private final URI member;
    private final InetSocketAddress from;
    private final IntFunction<Knock> knocks;
    private final int most;
    private final Thread thread;
    private final AtomicInteger there = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    /// How one comes in.
    ///
    /// @param handshake the whole request
    /// @param hello what it says then; null: nothing. The member says something either way
    record Knock(String handshake, @Nullable String hello) {}

    private Crowd(URI member, String from, int most, IntFunction<Knock> knocks) throws IOException {
        this.member = member;
        this.from = new InetSocketAddress(from, 0);
        this.most = most;
        this.knocks = knocks;
        this.thread = Thread.ofPlatform().name("crowd").start(this::live);
    }

    /// Opens so many, and returns when the member has spoken with each.
    ///
    /// @param from an address of this machine: ports of closed sockets are free again after a
    ///   minute only, so another crowd takes another one
    static Crowd open(URI member, String from, int most, IntFunction<Knock> knocks)
            throws IOException {
        var crowd = new Crowd(member, from, most, knocks);
        try {
            long begin = System.nanoTime();
            while (crowd.there.get() < most) {
                crowd.check();
                if (System.nanoTime() - begin > PATIENCE) {
                    throw new IOException(
                            "only %d of %d came in".formatted(crowd.there.get(), most));
                }
                LockSupport.parkNanos(5_000_000);
            }
            return crowd;
        } catch (IOException broken) {
            crowd.close();
            throw broken;
        }
    }

    /// @throws IOException one was closed
    void check() throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw new IOException(
                    "of the sockets one failed, %d are there".formatted(there.get()), broken);
        }
    }

    /// Seconds of processor time that all this took so far.
    double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) / 1e9;
    }

    private void live() {
        try {
            while (!closed) {
                while (sockets.size() < most && sockets.size() - there.get() < AT_THE_DOOR) {
                    Knock knock = knocks.apply(sockets.size());
                    sockets.add(
                            new IdleSocket(
                                    selector, from, member, knock.handshake(), knock.hello()));
                }
                selector.select(this::serve, 100);
            }
        } catch (IOException broken) {
            failure = broken;
        } catch (UncheckedIOException broken) {
            failure = broken.getCause();
        }
    }

    private void serve(SelectionKey key) {
        var socket = (IdleSocket) key.attachment();
        boolean before = socket.isThere();
        try {
            socket.read(buffer);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        if (!before && socket.isThere()) {
            there.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (IdleSocket each : sockets) {
            each.close();
        }
        selector.close();
    }
}
