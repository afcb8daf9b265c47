package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.model.Interaction;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.Follows;
import io.tributary.spi.Frame;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One device's socket, from its handshake to its end, over all the sessions that it has meanwhile.
/// Sessions are called one call at a time, in order; only `send` runs beside.
public final class HostedDevice implements AutoCloseable {

    private static final int GOING_AWAY = 1001;
    private static final int REPLACED = 1000;
    private static final int FAILED = 1011;
    private static final int RESTART = 1012;
    private static final int REPEAT = 1013;
    private static final int STILL_OPEN = 0;
    private static final int MOST_PARKED = 64 * 1024;

    private final FakeHost host;
    private final DeviceHandshake handshake;
    private final DeviceEars ears;
    private final List<Exception> thrown = new CopyOnWriteArrayList<>();
    private final ReentrantLock turns = new ReentrantLock();
    private final ReentrantReadWriteLock sends = new ReentrantReadWriteLock();
    private volatile @Nullable DeviceSeat seat;
    private volatile int status;
    private volatile int closedWith = STILL_OPEN;
    private volatile boolean ended;

    /// One call into the plugin's object.
    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    private HostedDevice(
            FakeHost host, DeviceHandshake handshake, Function<Frame, List<Frame>> answers) {
        this.host = host;
        this.handshake = handshake;
        this.ears = new DeviceEars(answers, this::says);
    }

    /// A device knocks: the channel decides whether it is let in.
    ///
    /// @param answers what it says to what it hears, by itself
    static HostedDevice knock(
            FakeHost host,
            HostedAccount account,
            DeviceHandshake handshake,
            Function<Frame, List<Frame>> answers) {
        var device = new HostedDevice(host, handshake, answers);
        var asked = device.asked(account, handshake);
        var seat = asked.seat();
        device.status = asked.status();
        if (seat != null) {
            device.seat = seat;
            var older = host.presence().enter(seat.name(), device);
            if (older != null) {
                older.end(REPLACED);
            }
            seat.link().open(device, seat.session() instanceof Follows);
        }
        return device;
    }

    private DeviceSeat.Asked asked(HostedAccount account, DeviceHandshake asking) {
        var asked = DeviceSeat.ask(host, account, asking);
        var failure = asked.thrown();
        if (failure != null) {
            thrown.add(failure);
        }
        return asked;
    }

    /// What answered the handshake: 101 where the device was let in.
    public int status() {
        return status;
    }

    /// Whether the socket is there.
    public boolean isOpen() {
        return status == DeviceSeat.LET_IN && closedWith == STILL_OPEN;
    }

    /// With which code the socket was closed; empty: it was not.
    public OptionalInt closedWith() {
        return closedWith == STILL_OPEN ? OptionalInt.empty() : OptionalInt.of(closedWith);
    }

    /// The device says this, each when the one before was taken. What comes after the end is lost.
    public HostedDevice says(List<Frame> frames) {
        for (var frame : frames) {
            turn(now -> called(now, CallKind.ON_FRAME, () -> now.session().onFrame(frame)));
        }
        return this;
    }

    /// Every frame that the device was sent, in order.
    public List<Frame> heard() {
        return ears.heard();
    }

    /// Which addresses the session follows, and after which interaction each; an empty cursor is
    /// from the next one on.
    public Map<String, String> followed() {
        var now = seat;
        return now == null ? Map.of() : now.link().followed();
    }

    /// Shows the session an interaction of a conversation that it follows.
    ///
    /// @return false: it does not follow that address
    public boolean shows(Interaction interaction, String cursor) {
        if (!followed().containsKey(interaction.address())) {
            return false;
        }
        turn(now -> {
            var follows = (Follows) now.session();
            called(now, CallKind.ON_INTERACTION, () -> follows.onInteraction(interaction, cursor));
        });
        return true;
    }

    /// Sends. What is thrown counts as unknown, as it does in the real host (guarantee 25). It may
    /// come an instant after the socket is gone.
    ///
    /// @throws IllegalStateException the session does not implement [Sends]
    public SendResult send(OutboundMessage message) {
        var now = seat;
        if (now == null || !(now.session() instanceof Sends wire)) {
            throw new IllegalStateException("the session does not implement Sends");
        }
        sends.readLock().lock();
        try {
            return now.account().call(CallKind.SEND, () -> wire.send(message));
        } catch (Exception failed) {
            return SendResult.unknown("thrown", failed.getClass().getName());
        } finally {
            sends.readLock().unlock();
        }
    }

    /// Upgrades the channel: the session is parked, and the account that was opened anew is asked
    /// whether it goes on (guarantee 20). Where it does not, the socket is closed with 1012.
    public void handOver(HostedAccount to) {
        sends.writeLock().lock();
        try {
            turn(now -> {
                var parked = park(now);
                now.link().end();
                var next = parked == null ? null : heir(now, to, parked);
                if (next == null) {
                    ended = parked != null;
                    host.presence().leave(now.name(), this);
                    end(RESTART);
                    return;
                }
                seat = next;
                to.takeOver(this);
                next.link().open(this, next.session() instanceof Follows);
            });
        } finally {
            sends.writeLock().unlock();
        }
    }

    /// @return null: it refuses, or knows it as another device, of which nobody else knows
    private @Nullable DeviceSeat heir(DeviceSeat now, HostedAccount to, Bytes parked) {
        var next = asked(to, with(parked)).seat();
        if (next != null && !next.name().equals(now.name())) {
            next.link().end();
            return null;
        }
        return next;
    }

    private @Nullable Bytes park(DeviceSeat now) {
        try {
            var parked = now.account().call(CallKind.PARK, now.session()::park);
            return parked.length() <= MOST_PARKED ? parked : null;
        } catch (Exception failed) {
            thrown.add(failed);
            return null;
        }
    }

    private DeviceHandshake with(Bytes parked) {
        return new DeviceHandshake(
                handshake.path(),
                handshake.query(),
                handshake.headers(),
                handshake.subprotocols(),
                handshake.remote(),
                parked);
    }

    /// The device leaves.
    @Override
    public void close() {
        end(GOING_AWAY);
    }

    /// Closes the socket, as the host does where its member stops.
    void closedByHost() {
        end(RESTART);
    }

    /// What calls have thrown.
    List<Exception> thrown() {
        return List.copyOf(thrown);
    }

    /// Whether the account's session has the socket now.
    @SuppressWarnings("ReferenceEquality") // an account opened anew is another object
    boolean isOf(HostedAccount account) {
        var now = seat;
        return now != null && now.account() == account;
    }

    /// What the session is; null: there is none.
    @Nullable DeviceSession session() {
        var now = seat;
        return now == null ? null : now.session();
    }

    void hear(Frame frame) {
        ears.hear(frame);
    }

    /// The socket is closed; the session is told after all that was said before.
    void end(int code) {
        if (closedWith == STILL_OPEN) {
            closedWith = code;
        }
        settle();
    }

    private void turn(Consumer<DeviceSeat> work) {
        turns.lock();
        try {
            var now = seat;
            if (now != null && isOpen()) {
                work.accept(now);
            }
        } finally {
            turns.unlock();
        }
        settle();
    }

    /// Whoever has the turn tells the end; who comes later finds it told.
    private void settle() {
        while (closedWith != STILL_OPEN && seat != null && !ended && turns.tryLock()) {
            try {
                if (!ended) {
                    ended = true;
                    tell(Objects.requireNonNull(seat));
                }
            } finally {
                turns.unlock();
            }
        }
    }

    private void tell(DeviceSeat now) {
        host.presence().leave(now.name(), this);
        try {
            now.account()
                    .call(
                            CallKind.CLOSE,
                            () -> {
                                now.session().onClosed();
                                return true;
                            });
        } catch (Exception failed) {
            thrown.add(failed);
        } finally {
            now.link().end();
        }
    }

    private void called(DeviceSeat now, CallKind kind, Call call) {
        try {
            now.account()
                    .call(
                            kind,
                            () -> {
                                call.run();
                                return true;
                            });
        } catch (NotStored full) {
            end(REPEAT);
        } catch (Exception failed) {
            thrown.add(failed);
            end(FAILED);
        }
    }
}
