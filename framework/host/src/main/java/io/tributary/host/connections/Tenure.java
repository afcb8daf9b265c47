package io.tributary.host.connections;

import io.tributary.host.accounts.GivenInbox;
import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.SlotLeases.SlotLease;
import io.tributary.host.accounts.Wire;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.connections.ConnectionFigures.End;
import io.tributary.model.AccountId;
import io.tributary.spi.Connection;
import io.tributary.spi.Health;
import io.tributary.spi.NotStored;
import io.tributary.spi.Sends;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of one slot: prepared, run on a thread of its own, and given time to leave.
///
/// Only its keeper calls it; what the connection reports comes from any thread.
final class Tenure {

    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

    private final Holding holding;
    private final int number;
    private final SlotLease lease;
    private final Surroundings surroundings;
    private final SlotHealths healths;
    private final Runnable whenEnded;
    private final GivenInbox inbox;
    private final OpenAccount.Hold hold;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AccountId id;
    private volatile @Nullable Connection connection;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Wire wire;
    private volatile @Nullable Health said;
    private volatile boolean leaving;
    private boolean up;
    private boolean over;
    private boolean gone;
    private Runnable whenGone = () -> {};

    /// @param lease under which it runs
    /// @param whenEnded runs when it has ended by itself
    Tenure(
            Holding holding,
            int number,
            SlotLease lease,
            Surroundings surroundings,
            SlotHealths healths,
            Runnable whenEnded) {
        this.holding = holding;
        this.number = number;
        this.lease = lease;
        this.surroundings = surroundings;
        this.healths = healths;
        this.whenEnded = whenEnded;
        this.id = holding.account().id();
        this.inbox = new GivenInbox(holding.account(), holding.holds(), surroundings.deliveries());
        inbox.under(lease);
        this.hold = holding.account().hold();
    }

    /// Prepares it and lets it run; returns when it runs, or has ended already.
    void begin() throws InterruptedException {
        var slot = new GivenSlot(number, holding.slots(), inbox, this::reported);
        try {
            prepared(
                    holding.account()
                            .calls()
                            .ask(Calls.Kind.CONNECT, id, () -> holding.holds().connect(slot)));
        } catch (PluginFailure failure) {
            over(End.REFUSED, "could not be prepared" + because(failure));
            return;
        }
        holding.account().calls().start(id, "connection " + number, this::run);
    }

    private synchronized void prepared(Connection made) {
        connection = made;
        attach();
    }

    private void run() {
        try {
            live();
        } finally {
            gone();
        }
    }

    private void live() {
        thread = Thread.currentThread();
        var runs = connection;
        try {
            // asked to leave before the thread was known: the interrupt would have been lost
            if (runs != null && !leaving) {
                holding.account().calls().stay(id, runs::run);
            }
            over(leaving ? End.LEFT : End.RETURNED, "ended");
        } catch (PluginFailure failure) {
            over(leaving ? End.LEFT : End.THREW, "failed" + because(failure));
        } catch (InterruptedException left) {
            over(leaving ? End.LEFT : End.THREW, "was interrupted");
        }
    }

    /// The class of what was thrown, where anything was: its text may quote somebody.
    private static String because(PluginFailure failure) {
        return failure.type().isEmpty() ? "" : " with " + failure.type();
    }

    /// Ends it, once, whatever ended it first.
    private void over(End end, String how) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        shut();
        inbox.close(NotStored.Why.UNAVAILABLE);
        hold.close();
        surroundings.figures().ended(id, end);
        if (end == End.REFUSED || end == End.THREW || end == End.RETURNED) {
            LOG.info("account={} connection {} {}", id, number, how);
            tell(Health.down("connection " + number + " " + how + ", trying again"));
        }
        ended.countDown();
        whenEnded.run();
    }

    /// What it said of its troubles itself says more.
    private void tell(Health ours) {
        var theirs = said;
        if (theirs == null || theirs.state() == Health.State.UP) {
            healths.report(number, ours);
        }
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /// What the connection says of itself. It takes messages from UP until it says anything else.
    private void reported(Health health) {
        synchronized (this) {
            if (over || leaving) {
                return;
            }
            said = health;
            if (health.state() == Health.State.UP) {
                open();
            } else {
                shut();
            }
        }
        healths.report(number, health);
    }

    private synchronized void open() {
        if (up) {
            return;
        }
        up = true;
        surroundings.figures().up();
        attach();
    }

    /// Messages go once it is there and up, whichever came first.
    private void attach() {
        var before = wire;
        if (up && before != null) {
            // the same one: when it leaves, what is under way from before is waited for as well
            before.reopen();
        } else if (up && connection instanceof Sends sends) {
            wire =
                    new Wire(
                            holding.account(),
                            sends,
                            lease,
                            new Wire.Share(number, holding.slots(), lease.epoch()));
        }
        if (up && connection != null) {
            surroundings.wires().accept(id);
        }
    }

    private synchronized void shut() {
        if (!up) {
            return;
        }
        up = false;
        surroundings.figures().down();
        var open = wire;
        if (open != null) {
            open.shut();
        }
        surroundings.wires().accept(id);
    }

    /// Who sends on it now; null: nobody.
    @Nullable Wire wire() {
        var now = wire;
        return now != null && now.open() ? now : null;
    }

    /// The connection while it is up; null otherwise.
    synchronized @Nullable Connection current() {
        return up ? connection : null;
    }

    /// Has it leave: no new sends, time for those under way, then an interrupt and time again
    /// (guarantee 15). Blocks until it has left or was given up.
    void leave() throws InterruptedException {
        synchronized (this) {
            leaving = true;
        }
        shut();
        var open = wire;
        if (open != null && !open.awaitIdle(surroundings.pace().drain())) {
            LOG.warn("account={} sends of connection {} are still under way", id, number);
        }
        interrupt();
        awaitEnd();
    }

    /// Its lease is lost: it is interrupted at once, and nothing of it is stored any more
    /// (guarantee 16). Blocks until it has left or was given up.
    void cut() throws InterruptedException {
        synchronized (this) {
            leaving = true;
        }
        inbox.close(NotStored.Why.LOST);
        shut();
        interrupt();
        awaitEnd();
    }

    private void interrupt() {
        var running = thread;
        if (running != null && !hasEnded()) {
            running.interrupt();
        }
    }

    private void awaitEnd() throws InterruptedException {
        if (!ended.await(surroundings.pace().leave().toMillis(), TimeUnit.MILLISECONDS)) {
            givenUp(holding.account().calls().givenUp(id, "connection " + number));
            over(End.GIVEN_UP, "did not leave");
        }
    }

    private void givenUp(Runnable left) {
        synchronized (this) {
            if (!gone) {
                whenGone = left;
                return;
            }
        }
        left.run();
    }

    /// Its thread is out of the plugin, perhaps long after it was given up.
    private void gone() {
        Runnable left;
        synchronized (this) {
            gone = true;
            left = whenGone;
        }
        left.run();
    }
}
