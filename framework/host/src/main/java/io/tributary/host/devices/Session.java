package io.tributary.host.devices;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.Wire;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.http.Devices;
import io.tributary.host.journal.Expect;
import io.tributary.model.Bytes;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.Frame;
import io.tributary.spi.Sends;
import io.tributary.spi.SendsSignals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One plugin version's side of a socket. The plugin's object is called one call at a time, in
/// order; only `send` runs beside (guarantee 3).
final class Session {

    /// What waited longer for its turn is no longer true.
    private static final long LATE = TimeUnit.SECONDS.toNanos(5);

    /// Signals are dropped where the session has more than this to do.
    private static final int BUSY = 32;

    private static final int FAILED = 1011;
    private static final int RESTART = 1012;
    private static final int REPEAT = 1013;

    private final Device device;
    private final OpenAccount account;
    private final DeviceSession plugged;
    private final GivenLink link;
    private final OpenAccount.Hold hold;
    private final @Nullable Wire wire;
    private final Turns turns;

    /// Nothing further is said to it but its end; after a failure or when it was parked.
    private volatile boolean deaf;

    private volatile boolean parked;

    /// What it hands over; null where it cannot.
    private final CompletableFuture<@Nullable Bytes> handed = new CompletableFuture<>();

    /// @param hold released when the session has ended
    Session(
            Device device,
            OpenAccount account,
            DeviceSession plugged,
            GivenLink link,
            OpenAccount.Hold hold) {
        this.device = device;
        this.account = account;
        this.plugged = plugged;
        this.link = link;
        this.hold = hold;
        this.wire =
                plugged instanceof Sends sends
                        ? new Wire(
                                account,
                                sends,
                                List.of(
                                        new Expect.DeviceIs(
                                                device.account(), device.name(), device.key())))
                        : null;
        this.turns = new Turns(work -> account.calls().start(account.id(), "device", work));
    }

    /// One call into the plugin's object.
    @FunctionalInterface
    interface Call {

        void run() throws Exception;
    }

    OpenAccount account() {
        return account;
    }

    DeviceSession plugged() {
        return plugged;
    }

    GivenLink link() {
        return link;
    }

    /// Messages go out on it; null: the session sends none.
    @Nullable Wire wire() {
        return wire;
    }

    /// Makes what it asked for so far take effect, before anything else.
    void begin(Devices.Socket socket, Runnable then) {
        turns.give(() -> {
            link.open(socket, this);
            then.run();
        });
    }

    void frame(Frame frame) {
        turns.give(() -> {
            if (!deaf && called(Calls.Kind.ON_FRAME, () -> plugged.onFrame(frame))) {
                device.taken();
            }
        });
    }

    /// Gives it a turn of its own; nothing happens where it hears nothing any more.
    void turn(Runnable work) {
        turns.give(() -> {
            if (!deaf && !device.gone()) {
                work.run();
            }
        });
    }

    /// Within a turn.
    ///
    /// @return false: it failed, and the socket is being closed
    boolean called(Calls.Kind kind, Call call) {
        try {
            return account.calls()
                    .call(
                            kind,
                            account.id(),
                            () -> {
                                call.run();
                                return true;
                            },
                            () -> fail(FAILED, "the channel does not come back"));
        } catch (PluginFailure failure) {
            switch (failure.why()) {
                case NOT_STORED -> fail(REPEAT, "not stored: come back and repeat");
                case CLOSED -> fail(RESTART, "the channel is being replaced: come back");
                case THROWN, MALFORMED, TROUBLE, DEADLINE, STUCK ->
                        fail(FAILED, "the channel failed");
            }
        } catch (InterruptedException stopped) {
            fail(RESTART, "the member is stopping: come back");
        }
        return false;
    }

    void fail(int code, String reason) {
        deaf = true;
        // its turn to be parked may never come
        handed.complete(null);
        device.close(code, reason);
    }

    /// Lets no further message begin: what is still to go out waits for another socket.
    void shut() {
        var open = wire;
        if (open != null && open.open()) {
            open.shut();
            device.means().wires().accept(device.account(), device.name());
        }
    }

    /// Shows a signal of ours, unless that comes too late (guarantee 27).
    void signal(Conversation conversation, SendsSignals.Kind kind, @Nullable String upTo) {
        if (!(plugged instanceof SendsSignals signals)) {
            return;
        }
        soon(() -> signals.signal(conversation, kind, upTo));
    }

    /// Something that is shown now or never; whatever comes of it does no harm.
    void soon(Call call) {
        if (turns.waiting() > BUSY) {
            return;
        }
        long asked = System.nanoTime();
        turn(() -> {
            if (System.nanoTime() - asked > LATE) {
                return;
            }
            try {
                var _ =
                        account.calls()
                                .call(
                                        Calls.Kind.SIGNAL,
                                        account.id(),
                                        () -> {
                                            call.run();
                                            return true;
                                        },
                                        () -> fail(FAILED, "the channel does not come back"));
            } catch (PluginFailure lost) {
                // best effort
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Has it hand itself over, after all that it was told before; it hears nothing more then.
    ///
    /// @return null: it could not, and the socket has to be closed
    @Nullable Bytes park() {
        turns.give(() -> {
            if (deaf) {
                handed.complete(null);
                return;
            }
            try {
                Bytes bytes =
                        account.calls()
                                .call(
                                        Calls.Kind.PARK,
                                        account.id(),
                                        plugged::park,
                                        () -> handed.complete(null));
                if (bytes.length() <= device.means().limits().parked()) {
                    deaf = true;
                    parked = true;
                    handed.complete(bytes);
                }
            } catch (PluginFailure failed) {
                // told below
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            handed.complete(null);
        });
        return handed.join();
    }

    /// Another session has taken over, or is to: this one is let go.
    void release() {
        link.end();
        hold.close();
    }

    /// The socket is gone: the session is told, once, after all that was said before; unless it was
    /// handed over.
    ///
    /// @param then runs when the session has ended
    void closed(Runnable then) {
        shut();
        link.hush();
        turns.give(() -> {
            try {
                if (!parked) {
                    account.calls()
                            .call(
                                    Calls.Kind.CLOSE,
                                    account.id(),
                                    () -> {
                                        plugged.onClosed();
                                        return true;
                                    });
                }
            } catch (PluginFailure failed) {
                // nobody is there any more whom it could concern
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                release();
                then.run();
            }
        });
    }
}
