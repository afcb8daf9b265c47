package io.tributary.testkit;

import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.Follows;
import io.tributary.spi.Frame;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one session is given of its socket. What it asks for before it is accepted takes effect
/// then (guarantee 17); what it asks for after it was handed over or closed, never.
final class FakeLink implements DeviceLink {

    private static final int GOING_AWAY = 1000;
    private static final int OWN_CODES = 3000;
    private static final int LAST_CODE = 4999;
    private static final int MOST_EARLY = 64;

    private final FakeHost host;
    private final FakeInbox inbox;
    private final List<Runnable> early = new ArrayList<>();
    private final Map<String, String> follows = new LinkedHashMap<>();
    private @Nullable HostedDevice device;
    private boolean mayFollow;

    /// With which code it was closed before it was accepted; 0: it was not.
    private int closing;

    private boolean over;

    FakeLink(FakeHost host, HostedAccount account) {
        this.host = host;
        this.inbox = new FakeInbox(host, account);
    }

    /// Makes what was asked for so far take effect; its end last.
    void open(HostedDevice socket, boolean sessionFollows) {
        int code;
        synchronized (this) {
            device = socket;
            mayFollow = sessionFollows;
            early.forEach(Runnable::run);
            early.clear();
            code = closing;
        }
        if (code != 0) {
            socket.end(code);
        }
    }

    /// The session says no more, sees no more conversations and delivers no more.
    synchronized void end() {
        over = true;
        early.clear();
        follows.clear();
        inbox.close(NotStored.Why.UNAVAILABLE);
    }

    /// After which interaction each address is followed, by address; empty: from the next one on.
    synchronized Map<String, String> followed() {
        return Map.copyOf(follows);
    }

    @Override
    public synchronized void send(Frame frame) throws IOException {
        var socket = device;
        if (over || (socket != null && !socket.isOpen())) {
            throw new IOException("the socket is gone, or another session has it");
        }
        if (socket != null) {
            socket.hear(frame);
        } else if (early.size() < MOST_EARLY) {
            early.add(() -> hear(frame));
        } else {
            throw new IOException("too much is sent before the device is accepted");
        }
    }

    private void hear(Frame frame) {
        var socket = device;
        if (socket != null) {
            socket.hear(frame);
        }
    }

    @Override
    public void close(int code, String reason) {
        if (code != GOING_AWAY && (code < OWN_CODES || code > LAST_CODE)) {
            throw new IllegalArgumentException(
                    "a channel closes sockets with 1000 or with 3000 to 4999, not with " + code);
        }
        HostedDevice socket;
        synchronized (this) {
            if (over) {
                return;
            }
            if (device == null) {
                closing = code;
                return;
            }
            socket = device;
        }
        socket.end(code);
    }

    @Override
    public synchronized void follow(String address, @Nullable String cursor) {
        if (over) {
            return;
        }
        if (device == null) {
            early.add(() -> follow(address, cursor));
            return;
        }
        if (!mayFollow) {
            throw new IllegalStateException(
                    "a session that is to follow has to implement " + Follows.class.getName());
        }
        follows.put(address, cursor == null ? "" : cursor);
    }

    @Override
    public synchronized void unfollow(String address) {
        if (device == null && !over) {
            early.add(() -> unfollow(address));
        }
        follows.remove(address);
    }

    @Override
    public synchronized Upload upload(String name, String type, long bytes) {
        if (over) {
            throw new IllegalStateException("this session is over");
        }
        return host.permitUpload();
    }

    @Override
    public List<Outcome> deliver(Delivery delivery) throws NotStored, InterruptedException {
        return inbox.deliver(delivery);
    }

    @Override
    public void signal(Signal signal) {
        inbox.signal(signal);
    }
}
