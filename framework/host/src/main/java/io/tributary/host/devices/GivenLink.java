package io.tributary.host.devices;

import io.tributary.host.accounts.GivenInbox;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.http.Devices;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.Bytes;
import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.Follows;
import io.tributary.spi.Frame;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What one session is given of its socket. What it asks for before it is accepted takes effect
/// then (guarantee 17); what it asks for after it was handed over or closed, never. Thread safe.
final class GivenLink implements DeviceLink {

    private static final int GOING_AWAY = 1000;
    private static final int OWN_CODES = 3000;
    private static final int LAST_CODE = 4999;
    private static final int FAILED = 1011;
    private static final int TRY_AGAIN = 1013;

    private final OpenAccount account;
    private final Means means;
    private final GivenInbox inbox;
    private final List<Runnable> early = new ArrayList<>();
    private final Map<String, Follower> follows = new LinkedHashMap<>();
    private long earlyBytes;
    private Devices.@Nullable Socket socket;
    private @Nullable Session session;
    private boolean over;

    GivenLink(OpenAccount account, HostsDevices hosts, Means means) {
        this.account = account;
        this.means = means;
        this.inbox = new GivenInbox(account, hosts, means.deliveries());
    }

    /// The session was accepted as that of a device: what it delivers came through it.
    void accepted(String device) {
        inbox.through(device);
    }

    /// Makes what was asked for so far take effect.
    synchronized void open(Devices.Socket real, Session accepted) {
        if (over) {
            return;
        }
        socket = real;
        session = accepted;
        try {
            early.forEach(Runnable::run);
        } catch (JournalUnavailable unavailable) {
            accepted.fail(TRY_AGAIN, "the log cannot be read: come back");
        } catch (RuntimeException wrong) {
            // a socket that nobody reads and nobody closes would stay for ever
            accepted.fail(FAILED, "the channel failed");
        } finally {
            early.clear();
        }
    }

    @Override
    public void send(Frame frame) throws IOException {
        Devices.Socket real;
        synchronized (this) {
            refuseOver();
            real = socket;
            if (real == null) {
                keep(frame);
                return;
            }
        }
        var sent = real.send(frame);
        if (sent.isCompletedExceptionally()) {
            throw gone();
        }
        if (real.unsent() <= means.limits().unsent()) {
            return;
        }
        try (var _ = account.calls().pause()) {
            sent.get(means.limits().patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            close(real, TRY_AGAIN, "the device reads too slowly");
            throw new IOException("the device reads too slowly: its socket is closed");
        } catch (ExecutionException failed) {
            throw gone();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the device was slow");
        }
    }

    private static IOException gone() {
        return new IOException("the socket is gone");
    }

    /// Messages wait for the next socket from now on.
    private void close(Devices.Socket real, int code, String reason) {
        @Nullable Session accepted;
        synchronized (this) {
            accepted = session;
        }
        if (accepted != null) {
            accepted.shut();
        }
        real.close(code, reason);
    }

    private void keep(Frame frame) throws IOException {
        earlyBytes += length(frame);
        if (early.size() >= means.limits().early() || earlyBytes > means.limits().unsent()) {
            throw new IOException("too much is sent before the device is accepted");
        }
        early.add(() -> {
            var real = socket;
            if (real != null) {
                var _ = real.send(frame);
            }
        });
    }

    private static long length(Frame frame) {
        return switch (frame) {
            case Frame.Text(String said) -> said.length();
            case Frame.Binary(Bytes bytes) -> bytes.length();
        };
    }

    @Override
    public synchronized void close(int code, String reason) {
        if (code != GOING_AWAY && (code < OWN_CODES || code > LAST_CODE)) {
            throw new IllegalArgumentException(
                    "a channel closes sockets with 1000 or with 3000 to 4999, not with " + code);
        }
        var real = socket;
        if (over) {
            return;
        }
        if (real == null) {
            early.add(() -> close(code, reason));
        } else {
            close(real, code, reason);
        }
    }

    @Override
    public synchronized void follow(String address, @Nullable String cursor) {
        var accepted = session;
        if (over) {
            return;
        }
        if (accepted == null) {
            early.add(() -> follow(address, cursor));
            return;
        }
        if (!(accepted.plugged() instanceof Follows)) {
            throw new IllegalStateException("a session that is to follow has to implement Follows");
        }
        unfollow(address);
        follows.put(address, means.followers().begin(accepted, address, cursor));
    }

    @Override
    public synchronized void unfollow(String address) {
        if (session == null && !over) {
            early.add(() -> unfollow(address));
            return;
        }
        var before = follows.remove(address);
        if (before != null) {
            before.end();
        }
    }

    @Override
    public Upload upload(String name, String type, long bytes) {
        synchronized (this) {
            if (over) {
                throw new IllegalStateException("this session is over");
            }
        }
        var permitted = means.uploads().permit(account.id(), name, type, bytes);
        return new Upload(permitted.ticket().media(), permitted.url());
    }

    @Override
    public List<Outcome> deliver(Delivery delivery) throws NotStored, InterruptedException {
        return inbox.deliver(delivery);
    }

    @Override
    public void signal(Signal signal) {
        inbox.signal(signal);
        @Nullable Session from;
        synchronized (this) {
            from = session;
        }
        means.followers().pass(account.id(), signal, from);
    }

    /// The session says no more on its socket and sees no more conversations.
    synchronized void hush() {
        over = true;
        early.clear();
        follows.values().forEach(Follower::end);
        follows.clear();
    }

    /// Nor does it deliver any more.
    void end() {
        hush();
        inbox.close(NotStored.Why.UNAVAILABLE);
    }

    private void refuseOver() throws IOException {
        if (over) {
            throw new IOException("the socket is gone, or another session has it");
        }
    }
}
