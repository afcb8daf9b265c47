package io.tributary.host.devices;

import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.Signal;
import io.tributary.spi.Follows;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who follows which end's conversations. Commits wake those whom they concern; and the log is
/// looked at now and then as well, so that one nobody told of is late but not lost. Thread safe.
final class Followers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int PAGE = 512;

    private final Journal journal;
    private final Cursors cursors;
    private final Followed followed;

    /// Sets that do not change: there are as many as there are ends, and mostly one is in each.
    private final Map<End, Set<Follower>> followers = new ConcurrentHashMap<>();

    private final Map<Follower, End> ends = new ConcurrentHashMap<>();
    private final Set<ConversationId> news = ConcurrentHashMap.newKeySet();
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;
    private volatile AutoCloseable commits = () -> {};
    private volatile long told;
    private volatile boolean closed;

    private record End(AccountId account, String primary) {}

    Followers(Journal journal, Cursors cursors) {
        this.journal = journal;
        this.cursors = cursors;
        this.followed = new Followed(journal);
        this.told = journal.log().head();
        this.thread = Thread.ofVirtual().name("followers").unstarted(this::run);
    }

    /// Begins to wake. What was committed before is found by the first look.
    void start() {
        commits = journal.onCommit(this::committed);
        thread.start();
    }

    Followed followed() {
        return followed;
    }

    Cursors cursors() {
        return cursors;
    }

    /// A session that follows an address.
    ///
    /// @param cursor after which interaction to begin; null: with the next one
    Follower begin(Session session, String address, @Nullable String cursor) {
        if (!(session.plugged() instanceof Follows follows)) {
            throw new IllegalArgumentException("the session follows nothing");
        }
        long position = cursor == null ? journal.log().head() : cursors.after(cursor);
        var follower = new Follower(this, session, follows, address, position);
        follower.wake();
        return follower;
    }

    /// Has it woken from now on; before it reads for the first time.
    ///
    /// @return the end's primary address
    String enter(Follower follower, String address) {
        var account = follower.session().account().id();
        String primary = followed.primary(account, address);
        var end = new End(account, primary);
        followers.merge(end, Set.of(follower), Followers::union);
        // last: who is found here is in the set and can be taken out of it
        ends.put(follower, end);
        return primary;
    }

    void leave(Follower follower) {
        var end = ends.remove(follower);
        if (end != null) {
            followers.computeIfPresent(end, (_, all) -> without(all, follower));
        }
    }

    private static Set<Follower> union(Set<Follower> some, Set<Follower> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    /// @return null: nobody is left
    private static @Nullable Set<Follower> without(Set<Follower> all, Follower one) {
        var others = new HashSet<>(all);
        others.remove(one);
        return others.isEmpty() ? null : Set.copyOf(others);
    }

    /// How many follow somebody on this member.
    int count() {
        return followers.values().stream().mapToInt(Set::size).sum();
    }

    /// Shows a signal to those who follow the address of whom it is, on this member.
    ///
    /// @param from who signals; it knows already
    void pass(AccountId account, Signal signal, @Nullable Session from) {
        var all = followers.get(new End(account, signal.address()));
        if (all != null) {
            for (var each : all) {
                if (!each.session().equals(from)) {
                    each.signal(signal);
                }
            }
        }
    }

    /// On the journal's telling thread: notes and returns.
    private void committed(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        note(rows);
        // a gap is found by the next look
        if (rows.getFirst().position() <= told + 1) {
            told = rows.getLast().position();
        }
    }

    private void note(List<Row> rows) {
        if (followers.isEmpty()) {
            return;
        }
        boolean any = false;
        for (var row : rows) {
            var conversation = row.conversation();
            any |= conversation != null && news.add(conversation);
        }
        if (any && bell.availablePermits() == 0) {
            bell.release();
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (!bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    look();
                }
                tell();
            } catch (InterruptedException stopped) {
                return;
            } catch (JournalUnavailable unavailable) {
                LOG.debug("the log cannot be read, trying again");
            } catch (RuntimeException failure) {
                // without this thread nobody would be shown anything any more
                LOG.error("who follows what happened could not be told, trying again", failure);
            }
        }
    }

    /// Whoever commits tells; should that get lost, it is found here.
    private void look() {
        long from = told;
        if (followers.isEmpty() || journal.log().head() <= from) {
            return;
        }
        var page = journal.log().after(from, Filter.ALL, PAGE);
        note(page.rows());
        told = Math.max(told, page.seen());
    }

    private void tell() {
        var now = new HashSet<>(news);
        for (var id : now) {
            // before it is looked at: what comes from now on is told again
            news.remove(id);
            try {
                tell(id);
            } catch (RuntimeException failure) {
                // told again when the journal can be read
                news.add(id);
                throw failure;
            }
        }
    }

    private void tell(ConversationId id) {
        journal.conversations()
                .byId(id)
                .ifPresent(conversation -> {
                    var all =
                            followers.get(new End(conversation.account(), conversation.address()));
                    if (all != null) {
                        all.forEach(Follower::wake);
                    }
                });
    }

    @Override
    public void close() {
        closed = true;
        bell.release();
        try {
            commits.close();
            if (thread.getState() != Thread.State.NEW) {
                thread.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception notThere) {
            LOG.warn("cannot stop listening to commits: {}", notThere.getClass().getName());
        }
    }
}
