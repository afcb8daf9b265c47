package io.tributary.host;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.cluster.Grid;
import io.tributary.host.cluster.OurSignal;
import io.tributary.host.cluster.SignalFeed;
import io.tributary.host.inbound.Inbox;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import io.tributary.spi.Conversation;
import io.tributary.spi.SendsSignals;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals between this member and the others: what customers do is told to all, what ours do to
/// all if the customer is not connected here. Without a grid nobody else is told. Thread safe.
final class SignalsElsewhere implements Inbox.Signals {

    private static final Logger LOG = LoggerFactory.getLogger(SignalsElsewhere.class);

    /// More of them at a time wait for the database: what is late is of no use.
    private static final int AT_ONCE = 64;

    private final OpenAccounts accounts;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile @Nullable SignalFeed feed;

    SignalsElsewhere(OpenAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void pass(AccountId account, Signal signal) {
        var open = feed;
        if (open != null) {
            open.publish(account, signal);
        }
    }

    /// Nobody here can show it to the customer.
    void pass(Conversation conversation, SendsSignals.Kind kind, @Nullable String upTo) {
        var open = feed;
        if (open != null) {
            open.publish(new OurSignal(conversation, kind, upTo));
        }
    }

    /// Speaks and hears through this grid from now on. Close the answer to stop.
    ///
    /// @param theirs is shown what customers do whose signals others took
    /// @param wires by which ours reach customers here
    AutoCloseable join(Grid grid, Inbox.Signals theirs, AccountWires wires) throws Exception {
        var hearing =
                grid.signals()
                        .onSignal(
                                new SignalFeed.Watcher() {
                                    @Override
                                    public void theirs(AccountId account, Signal signal) {
                                        theirs.pass(account, signal);
                                    }

                                    @Override
                                    public void ours(OurSignal signal) {
                                        show(signal, wires);
                                    }
                                });
        feed = grid.signals();
        return () -> {
            feed = null;
            hearing.close();
        };
    }

    private void show(OurSignal signal, AccountWires wires) {
        var account = signal.conversation().account();
        if (!(accounts.find(account) instanceof OpenAccounts.Found.Open(OpenAccount open))
                || !room.tryAcquire()) {
            return;
        }
        Thread.ofVirtual()
                .name("signal " + account)
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    try {
                        var _ =
                                wires.here(
                                        open, signal.conversation(), signal.kind(), signal.upTo());
                    } catch (RuntimeException lost) {
                        LOG.debug("account={} a signal was lost ({})", account, lost.toString());
                    } finally {
                        room.release();
                    }
                });
    }
}
