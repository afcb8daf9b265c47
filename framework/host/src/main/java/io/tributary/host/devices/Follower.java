package io.tributary.host.devices;

import io.tributary.host.calls.Calls;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.Signal;
import io.tributary.spi.Follows;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One session that shows one end's conversations: reads the log from its cursor on, and then what
/// comes. It reads the next only when the session has taken those before, so a slow one holds
/// nothing but its place. Works in the session's turns.
final class Follower {

    private static final int AT_ONCE = 16;
    private static final int REPEAT = 1013;

    private final Followers followers;
    private final Session session;
    private final Follows follows;
    private final String address;
    private final AtomicBoolean woken = new AtomicBoolean();
    private long position;
    private @Nullable String primary;
    private volatile boolean ended;

    /// @param position after which to begin
    Follower(Followers followers, Session session, Follows follows, String address, long position) {
        this.followers = followers;
        this.session = session;
        this.follows = follows;
        this.address = address;
        this.position = position;
    }

    /// There may be more; returns at once.
    void wake() {
        if (!ended && woken.compareAndSet(false, true)) {
            session.turn(this::read);
        }
    }

    void end() {
        ended = true;
        followers.leave(this);
    }

    Session session() {
        return session;
    }

    /// Shows a signal, unless that comes too late.
    void signal(Signal signal) {
        session.soon(() -> follows.onSignal(signal));
    }

    private void read() {
        // before reading: what comes from now on wakes it again
        woken.set(false);
        if (ended) {
            return;
        }
        try {
            var end = primary;
            if (end == null) {
                end = followers.enter(this, address);
                primary = end;
                if (ended) {
                    // it ended before it was entered: nobody else would have it leave
                    followers.leave(this);
                    return;
                }
            }
            var stretch =
                    followers.followed().after(session.account().id(), end, position, AT_ONCE);
            if (show(stretch) && position < stretch.seen()) {
                position = stretch.seen();
            }
            if (!stretch.interactions().isEmpty() || woken.get()) {
                wake();
            }
        } catch (JournalUnavailable unavailable) {
            session.fail(REPEAT, "the log cannot be read: come back");
        }
    }

    /// @return false: the session heard not all of it
    private boolean show(Followed.Stretch stretch) {
        for (var interaction : stretch.interactions()) {
            long at = interaction.position();
            if (ended
                    || !session.called(
                            Calls.Kind.ON_INTERACTION,
                            () -> follows.onInteraction(interaction, followers.cursors().of(at)))) {
                return false;
            }
            position = at;
        }
        return true;
    }
}
