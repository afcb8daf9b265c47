package io.tributary.host.devices;

import io.tributary.host.http.Devices;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One socket of a device, from its handshake to its end, over all the sessions that it has
/// meanwhile. Thread safe.
///
/// Each frame is read when the one before was taken, so that at most one is in hand; while the
/// socket is handed over it is kept here.
final class Device implements Devices.Guest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final int REPLACED = 1000;

    private final AccountId account;
    private final String name;
    private final DeviceHandshake handshake;
    private final Means means;
    private final DeviceRegistry registry;
    private final String key = UUID.randomUUID().toString();
    private final FramePace pace;
    private final Queue<Frame> held = new ArrayDeque<>(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Session session;
    private boolean holding;
    private volatile Devices.@Nullable Socket socket;
    private volatile boolean gone;
    private volatile boolean givenUp;

    Device(
            AccountId account,
            String name,
            DeviceHandshake handshake,
            Means means,
            DeviceRegistry registry) {
        this.account = account;
        this.name = name;
        this.handshake = handshake;
        this.means = means;
        this.registry = registry;
        this.pace = new FramePace(means.limits());
    }

    AccountId account() {
        return account;
    }

    String name() {
        return name;
    }

    /// The address that it comes from.
    String remote() {
        return handshake.remote();
    }

    /// Names this socket among those that the device had.
    String key() {
        return key;
    }

    Means means() {
        return means;
    }

    /// The first handshake, with what a session before handed over.
    DeviceHandshake handshake(@Nullable Bytes parked) {
        return parked == null
                ? handshake
                : new DeviceHandshake(
                        handshake.path(),
                        handshake.query(),
                        handshake.headers(),
                        handshake.subprotocols(),
                        handshake.remote(),
                        parked);
    }

    /// The session that the handshake led to; before the socket is there.
    synchronized void first(Session accepted) {
        session = accepted;
    }

    /// Who has the socket now; null: nobody, it is being handed over or gone.
    synchronized @Nullable Session session() {
        return holding ? null : session;
    }

    boolean gone() {
        return gone;
    }

    /// Whether the socket is gone, or is being closed because nobody took it over.
    boolean ending() {
        return gone || givenUp;
    }

    /// What a frame costs is known when it was taken.
    void taken() {
        var real = socket;
        if (real != null) {
            real.next(pace.after(System.nanoTime()));
        }
    }

    /// Closes the socket; nothing more is sent on it.
    void close(int code, String reason) {
        @Nullable Session last;
        synchronized (this) {
            last = session;
        }
        if (last != null) {
            last.shut();
        }
        var real = socket;
        if (real != null) {
            real.close(code, reason);
        }
    }

    /// A newer socket of the same device is there: this one does not come back for that.
    void replaced() {
        close(REPLACED, "a newer socket of this device has taken its place");
    }

    @Override
    public void entered(Devices.Socket real) {
        Session first;
        synchronized (this) {
            socket = real;
            first = session;
        }
        if (first == null) {
            return;
        }
        registry.enter(this);
        first.begin(
                real,
                () -> {
                    means.wires().accept(account, name);
                    real.next(AT_ONCE);
                    registry.look(this);
                });
    }

    @Override
    public void said(Frame frame) {
        synchronized (this) {
            if (holding) {
                held.add(frame);
            } else if (session != null) {
                session.frame(frame);
            }
        }
    }

    @Override
    public void left() {
        Session last;
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            last = holding ? null : session;
        }
        registry.leave(this, socket != null);
        if (last != null) {
            last.closed(ended::countDown);
        }
        // else whoever hands it over finds it gone
    }

    /// Holds frames back, from the next on.
    ///
    /// @return the session that has to hand over; null: the socket is gone
    synchronized @Nullable Session hold() {
        holding = !gone;
        return gone ? null : session;
    }

    /// Another session goes on; what was held is said to it.
    void goOn(Session next) {
        Devices.Socket real = socket;
        synchronized (this) {
            session = next;
            holding = false;
            if (!gone && real != null) {
                next.begin(real, () -> means.wires().accept(account, name));
                for (var frame = held.poll(); frame != null; frame = held.poll()) {
                    next.frame(frame);
                }
                return;
            }
        }
        next.closed(ended::countDown);
    }

    /// Nobody goes on: the socket is closed, so that the device comes back.
    ///
    /// @param last still has the socket, unless it was parked
    void giveUp(Session last, int code, String reason) {
        boolean over;
        givenUp = true;
        synchronized (this) {
            session = last;
            holding = false;
            held.clear();
            over = gone;
        }
        if (over) {
            last.closed(ended::countDown);
        } else {
            close(code, reason);
        }
    }

    /// Waits until the socket is gone and its session has ended.
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
