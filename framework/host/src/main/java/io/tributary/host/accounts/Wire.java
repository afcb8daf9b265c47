package io.tributary.host.accounts;

import io.tributary.host.accounts.SlotLeases.SlotLease;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Expect;
import io.tributary.spi.Sends;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A way on which messages go out: an account, one of its connections, or a device's session. It
/// takes messages until it is shut, and knows how many are under way. Thread safe.
public final class Wire {

    private final OpenAccount account;
    private final Sends sends;
    private final @Nullable SlotLease lease;
    private final List<Expect> always;
    private final Share share;
    private int underWay;
    private boolean shut;
    private volatile int atOnce;

    /// A wire that takes messages.
    ///
    /// @param sends the plugin's object, to be called through the account's calls only
    public Wire(OpenAccount account, Sends sends) {
        this(account, sends, null, List.of(), Share.ALL);
    }

    /// The wire of a device.
    ///
    /// @param expects what has to be so still when a message begins on it
    public Wire(OpenAccount account, Sends sends, List<Expect> expects) {
        this(account, sends, null, expects, Share.ALL);
    }

    /// The wire of a connection.
    ///
    /// @param lease of the slot that the connection runs under
    /// @param share which of the account's connections it is
    public Wire(OpenAccount account, Sends sends, @Nullable SlotLease lease, Share share) {
        this(account, sends, lease, List.of(), share);
    }

    private Wire(
            OpenAccount account,
            Sends sends,
            @Nullable SlotLease lease,
            List<Expect> always,
            Share share) {
        this.account = account;
        this.sends = sends;
        this.lease = lease;
        this.always = always;
        this.share = share;
    }

    /// What part of the account it carries.
    ///
    /// @param number from 0 on
    /// @param of how many there are of its kind, all of which carry as much
    /// @param epoch of the lease under which it is here: what it carried elsewhere before is not
    ///   known
    public record Share(int number, int of, long epoch) {

        /// It is the account's only one, or nobody knows how many there are.
        public static final Share ALL = new Share(0, 1, 0);
    }

    /// What part of the account it carries.
    public Share share() {
        return share;
    }

    /// Whether what is behind it is still this member's.
    public boolean holds() {
        return lease == null || lease.held();
    }

    /// What has to be so still when a message begins on it.
    public List<Expect> expects() {
        return lease == null ? always : lease.expects();
    }

    /// One message under way.
    public interface Ride extends AutoCloseable {

        /// It is no longer under way. May be called again.
        @Override
        void close();
    }

    /// The account as it was open when the wire was made: a message goes through its calls.
    public OpenAccount account() {
        return account;
    }

    public Sends sends() {
        return sends;
    }

    /// Begins a message.
    ///
    /// @return null: the wire is shut, look for another one
    public synchronized @Nullable Ride enter() {
        if (shut) {
            return null;
        }
        underWay++;
        var rides = new AtomicBoolean(true);
        return () -> {
            if (rides.compareAndSet(true, false)) {
                left();
            }
        };
    }

    private synchronized void left() {
        underWay--;
        notifyAll();
    }

    /// Whether messages may still begin.
    public synchronized boolean open() {
        return !shut;
    }

    /// Lets no further message begin.
    public synchronized void shut() {
        shut = true;
    }

    /// Lets messages begin again: what is behind it takes them after all.
    public synchronized void reopen() {
        shut = false;
    }

    /// Waits until nothing is under way.
    ///
    /// @return false: something still is after `limit`
    public synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (underWay > 0) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /// How many messages may be under way side by side, as the plugin says. Asks it the first time,
    /// and blocks for that.
    public int atOnce() throws InterruptedException {
        if (atOnce == 0) {
            try {
                atOnce =
                        Math.max(
                                1,
                                account.calls()
                                        .ask(Calls.Kind.CAPABILITIES, account.id(), sends::atOnce));
            } catch (PluginFailure failed) {
                atOnce = 1;
            }
        }
        return atOnce;
    }
}
