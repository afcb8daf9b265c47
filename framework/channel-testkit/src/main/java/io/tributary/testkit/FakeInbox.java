package io.tributary.testkit;

import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbox;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// What a connection or a device's session delivers into, until it is closed.
final class FakeInbox implements Inbox {

    private final FakeHost host;
    private final HostedAccount account;
    private volatile NotStored.@Nullable Why closed;

    FakeInbox(FakeHost host, HostedAccount account) {
        this.host = host;
        this.account = account;
    }

    /// Stores on a thread of the host's own: an interrupt ends the waiting, not the storing.
    @Override
    public List<Outcome> deliver(Delivery delivery) throws NotStored, InterruptedException {
        refuseClosed();
        var storing = new FutureTask<>(() -> host.store(delivery, account));
        account.store(storing);
        try {
            var outcomes = storing.get();
            if (!delivery.events().isEmpty() && host.losesAnswer()) {
                throw new InterruptedException("whether it was stored is not known");
            }
            return outcomes;
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case NotStored told -> throw told;
                case Error error -> throw error;
                case null, default ->
                        throw new NotStored(
                                NotStored.Why.UNAVAILABLE, "the host failed to store it");
            }
        }
    }

    /// Best effort: after the end it is dropped.
    @Override
    public void signal(Signal signal) {
        if (closed == null) {
            host.passed(signal);
        }
    }

    /// Takes nothing any more; the first reason counts.
    synchronized void close(NotStored.Why why) {
        if (closed == null) {
            closed = why;
        }
    }

    private void refuseClosed() throws NotStored {
        var why = closed;
        if (why != null) {
            throw new NotStored(
                    why,
                    why == NotStored.Why.LOST
                            ? "another member has the lease by now: leave"
                            : "this is over: another connection has taken its place");
        }
    }
}
