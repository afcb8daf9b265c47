package io.tributary.host.accounts;

import io.tributary.host.journal.Expect;
import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbox;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.Translates;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// What a connection or a device's session of an account delivers into, until it is closed. While
/// the host stores, the clock of the plugin's call stands still and its place is others'. Thread
/// safe.
public final class GivenInbox implements Inbox {

    private final OpenAccount account;
    private final Translates translates;
    private final Deliveries deliveries;
    private volatile SlotLeases.@Nullable SlotLease lease;
    private volatile @Nullable String device;
    private volatile NotStored.@Nullable Why closed;

    /// @param translates what the account makes of events
    public GivenInbox(OpenAccount account, Translates translates, Deliveries deliveries) {
        this.account = account;
        this.translates = translates;
        this.deliveries = deliveries;
    }

    /// Takes only while whoever delivers is the one who is to: looked at here, so that nothing is
    /// translated in vain, and tested where it is stored.
    public void under(SlotLeases.SlotLease lease) {
        this.lease = lease;
    }

    /// What is delivered from now on came through this device.
    public void through(String named) {
        device = named;
    }

    @Override
    public List<Outcome> deliver(Delivery delivery) throws NotStored, InterruptedException {
        refuseClosed();
        try (var _ = account.calls().pause()) {
            var under = lease;
            List<Expect> expects = under == null ? List.of() : under.expects();
            return deliveries.deliver(account, translates, device, expects, delivery).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof NotStored told
                    ? new NotStored(told.why(), String.valueOf(told.getMessage()))
                    : new NotStored(NotStored.Why.UNAVAILABLE, "the member failed to store it");
        }
    }

    private void refuseClosed() throws NotStored {
        var why = closed;
        var under = lease;
        if (why == null && under != null && !under.held()) {
            why = NotStored.Why.LOST;
        }
        if (why != null) {
            throw new NotStored(
                    why,
                    why == NotStored.Why.LOST
                            ? "another member has the lease by now: leave"
                            : "this is over: another connection has taken its place");
        }
    }

    /// Best effort: after the end it is dropped.
    @Override
    public void signal(Signal signal) {
        if (closed == null) {
            deliveries.signal(account.id(), signal);
        }
    }

    /// Takes nothing any more; the first reason counts.
    public synchronized void close(NotStored.Why why) {
        if (closed == null) {
            closed = why;
        }
    }
}
