package io.tributary.testkit;

import io.tributary.spi.Connection;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// The connection of one slot, kept running as the real host does: begun again when it ended, given
/// messages only while it says that it is up, and given time to leave. Only the waits between two
/// tries are shorter.
public final class HostedConnection implements AutoCloseable {

    /// What sends under way are given, and then the connection itself (guarantee 15).
    static final Duration LEAVE = Duration.ofSeconds(10);

    private static final Duration FIRST_REST = Duration.ofMillis(20);
    private static final int MOST_DOUBLINGS = 5;

    private final FakeHost host;
    private final HostedAccount account;
    private final int number;
    private final int of;
    private final Thread thread;
    private final AtomicInteger begun = new AtomicInteger();
    private final List<String> endings = new CopyOnWriteArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ReentrantReadWriteLock sends = new ReentrantReadWriteLock();
    private volatile @Nullable Tenure tenure;
    private volatile boolean leaving;

    /// One run.
    private record Tenure(FakeSlot slot, FakeInbox inbox, Connection connection) {}

    private HostedConnection(FakeHost host, HostedAccount account, int number, int of) {
        this.host = host;
        this.account = account;
        this.number = number;
        this.of = of;
        this.thread =
                Thread.ofVirtual()
                        .name(FakeHost.ACCOUNT + " connection " + number)
                        .unstarted(this::keep);
    }

    /// @throws IllegalStateException another connection has the slot, or there is no such slot
    static HostedConnection begin(FakeHost host, HostedAccount account, int number) {
        int of = account.account().slots();
        if (number < 0 || number >= of) {
            throw new IllegalStateException("there is no slot " + number + " of " + of);
        }
        host.presence().take(number);
        var connection = new HostedConnection(host, account, number, of);
        connection.thread.setContextClassLoader(account.account().getClass().getClassLoader());
        connection.thread.start();
        return connection;
    }

    /// Whether it is given messages now.
    public boolean up() {
        var now = tenure;
        return now != null && !leaving && now.slot.up();
    }

    /// How often it was begun.
    public int begun() {
        return begun.get();
    }

    /// How it ended each time that it did so by itself: what it threw, or "returned".
    public List<String> endings() {
        return List.copyOf(endings);
    }

    /// Sends. What is thrown counts as unknown, as it does in the real host (guarantee 25).
    ///
    /// @throws IllegalStateException it is not up: in the real host the message waits
    public SendResult send(OutboundMessage message) {
        sends.readLock().lock();
        try {
            var wire = wire();
            return account.call(CallKind.SEND, () -> wire.send(message));
        } catch (NotUp misused) {
            throw misused;
        } catch (Exception thrown) {
            return SendResult.unknown("thrown", thrown.getClass().getName());
        } finally {
            sends.readLock().unlock();
        }
    }

    /// What sends now: the plugin's object, as the host has it in hand for an instant after the
    /// end.
    ///
    /// @throws IllegalStateException it is not up
    Sends wire() {
        var now = tenure;
        if (now == null || leaving || !now.slot.up()) {
            throw new NotUp("the connection is not up: messages wait");
        }
        if (!(now.connection instanceof Sends wire)) {
            throw new NotUp("the connection does not implement Sends");
        }
        return wire;
    }

    /// Told from what the plugin throws.
    private static final class NotUp extends IllegalStateException {

        private static final long serialVersionUID = 1;

        NotUp(String message) {
            super(message);
        }
    }

    /// Has it leave, as at a shutdown, an upgrade or a move: no new sends, time for those under
    /// way, then an interrupt and time again, in which it still delivers.
    ///
    /// @throws DeadlineMissed it does not leave
    @Override
    public void close() {
        leave(LEAVE);
    }

    /// @param limit how long it may take after its interrupt
    void leave(Duration limit) {
        leaving = true;
        end(limit, false);
    }

    /// Its lease is lost: it is interrupted at once, and nothing of it is stored any more.
    ///
    /// @throws DeadlineMissed it does not leave
    public void lose() {
        lose(LEAVE);
    }

    /// @param limit how long it may take after its interrupt
    void lose(Duration limit) {
        leaving = true;
        var now = tenure;
        if (now != null) {
            now.inbox.close(NotStored.Why.LOST);
        }
        end(limit, true);
    }

    private void end(Duration limit, boolean atOnce) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!atOnce && sends.writeLock().tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                sends.writeLock().unlock();
            }
            thread.interrupt();
            if (!thread.join(limit)) {
                throw new DeadlineMissed(
                        "connection "
                                + number
                                + " goes on "
                                + limit.toMillis()
                                + " ms after its interrupt");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a connection leaves", interrupted);
        } finally {
            host.presence().giveBack(number);
        }
    }

    private void keep() {
        for (int failures = 0; !leaving; failures++) {
            run();
            // what it was interrupted for, it was told
            var _ = Thread.interrupted();
            rest(failures);
        }
    }

    private void rest(int failures) {
        try {
            if (!leaving) {
                Thread.sleep(FIRST_REST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS)));
            }
        } catch (InterruptedException leaves) {
            // as the loop sees
        }
    }

    private void run() {
        var inbox = new FakeInbox(host, account);
        var slot = new FakeSlot(host, inbox, number, of);
        try {
            var holds = account.ability(HoldsConnections.class);
            var connection = account.call(CallKind.CONNECT, () -> holds.connect(slot));
            tenure = new Tenure(slot, inbox, connection);
            begun.incrementAndGet();
            if (!leaving) {
                connection.run();
            }
            endings.add("returned");
        } catch (Exception | Error thrown) {
            endings.add(thrown.toString());
        } finally {
            slot.over();
            inbox.close(NotStored.Why.UNAVAILABLE);
            tenure = null;
        }
    }
}
