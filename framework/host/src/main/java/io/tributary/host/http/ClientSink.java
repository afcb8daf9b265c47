package io.tributary.host.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What both kinds of feeds have in common: how much is on its way to the client, and when it ends.
///
/// Bytes count from the moment they are handed to the connection until the operating system has
/// taken them; so a client that does not read fills this sink and nothing else.
abstract sealed class ClientSink implements Routes.Sink permits EventStreamSink, SocketSink {

    private final int most;
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean open;
    private volatile boolean waiting;
    private volatile Routes.@Nullable Subscription subscription;

    ClientSink(int most) {
        this.most = most;
    }

    /// Begins: everything before was refused as not ready.
    final void begin(Routes.Subscription opened) {
        if (ended.get()) {
            opened.close();
            return;
        }
        subscription = opened;
        open = true;
        opened.drained();
    }

    @Override
    public final boolean ready() {
        if (!open || ended.get()) {
            return false;
        }
        if (unsent.get() < most) {
            return true;
        }
        waiting = true;
        // what was on its way may have gone before `waiting` was seen: then nobody would call
        // drained()
        return unsent.get() < most / 2 && take();
    }

    private boolean take() {
        waiting = false;
        return true;
    }

    final void handedOver(long bytes) {
        unsent.addAndGet(bytes);
    }

    final void sent(long bytes) {
        long left = unsent.addAndGet(-bytes);
        Routes.Subscription mine = subscription;
        if (waiting && left < most / 2 && mine != null) {
            waiting = false;
            mine.drained();
        }
    }

    /// True for the one who ends it.
    final boolean ending() {
        return ended.compareAndSet(false, true);
    }

    final boolean hasEnded() {
        return ended.get();
    }

    /// The client went away, or was sent away.
    final void gone() {
        ended.set(true);
        open = false;
        Routes.Subscription mine = subscription;
        subscription = null;
        if (mine != null) {
            mine.close();
        }
    }

    /// Ends because the member stops.
    abstract void stop();
}
