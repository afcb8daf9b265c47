package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.TimeOrderedIds;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the stream when what a conversation can carry changes, and some time before its send
/// window closes.
///
/// Watched are conversations with an open window, and those of which an app was told what they can
/// carry: to others no change is one. What is due is found by its time. What happened since is
/// found by the activity of conversations, from the position up to which somebody looked before: so
/// it does not matter which member looks, nor whether one died before it did.
public final class CapabilityWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CapabilityWatch.class);

    private static final int PAGE = 200;
    private static final int MOST_TOLD = 10_000;

    private final Journal journal;
    private final OpenAccounts accounts;
    private final Lookout lookout;
    private final Activity activity;
    private final InstantSource clock;
    private final Rhythm rhythm;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("capabilities").unstarted(this::run);
    private final Map<ConversationId, String> told = new ConcurrentHashMap<>();
    private final Map<ConversationId, String> known = new HashMap<>();
    private final Map<AccountId, Seen> seen = new HashMap<>();
    private final Deque<Walk> walks = new ArrayDeque<>();
    private Instant looked = Instant.MIN;

    /// How often it looks.
    ///
    /// @param due for what is due
    /// @param active for what happened
    public record Rhythm(Duration due, Duration active) {
        /// Of a member at work.
        public static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /// An account as it was open, and how often it said that its capabilities changed. It is not
    /// held: what is closed takes its plugin's classes with it.
    private record Seen(WeakReference<OpenAccount> account, long changes) {

        static Seen of(OpenAccount account) {
            return new Seen(new WeakReference<>(account), account.changes());
        }

        boolean is(OpenAccount now) {
            return account.refersTo(now) && changes == now.changes();
        }
    }

    /// A walk over what is watched of an account.
    ///
    /// @param after null: it has not begun
    private record Walk(AccountId account, @Nullable ConversationId after) {}

    /// A watch over this journal.
    ///
    /// @param notices how long before the end of a window apps are told of it
    public CapabilityWatch(
            Journal journal,
            OpenAccounts accounts,
            TimeOrderedIds ids,
            InstantSource clock,
            List<Duration> notices,
            Rhythm rhythm) {
        this.journal = journal;
        this.accounts = accounts;
        this.clock = clock;
        this.rhythm = rhythm;
        this.lookout =
                new Lookout(
                        journal,
                        accounts,
                        new CapabilityNews(journal, ids, clock),
                        new Countdown(notices),
                        clock);
        this.activity = new Activity(journal, lookout);
    }

    public void start() {
        thread.start();
    }

    /// An app was told what a conversation can carry: from now on it is told of changes, too.
    /// Short.
    public void told(ConversationId conversation, Capable capable) {
        if (told.size() < MOST_TOLD) {
            told.put(conversation, capable.version());
        }
    }

    private void run() {
        boolean more;
        do {
            more = false;
            try {
                more = look();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error failure) {
                // whoever looks looks on: nobody else would tell of what closes
                LOG.warn("capabilities could not be looked at: {}", failure.toString());
            }
        } while (!isOver(more ? Duration.ZERO : rhythm.due()));
    }

    private boolean isOver(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return true;
        }
    }

    /// @return whether there is more to look at
    private boolean look() throws InterruptedException {
        remember();
        for (var watch : journal.watches().due(clock.instant(), PAGE)) {
            lookout.at(watch);
        }
        var now = clock.instant();
        if (!now.isBefore(looked.plus(rhythm.active()))) {
            lookAtAccounts();
            activity.begin(now, rhythm.active());
            looked = now;
        }
        boolean walking = walk();
        return activity.look(now) || walking;
    }

    private void remember() {
        for (var conversation : List.copyOf(told.keySet())) {
            var version = told.remove(conversation);
            if (version != null && !version.equals(known.put(conversation, version))) {
                lookout.told(conversation, version);
            }
        }
        if (known.size() > MOST_TOLD) {
            known.clear();
        }
    }

    /// An account that was opened anew, or says so, may carry other things in any conversation.
    private void lookAtAccounts() {
        var open = accounts.all();
        seen.keySet().retainAll(open.stream().map(OpenAccount::id).toList());
        for (var account : open) {
            var id = account.id();
            var before = seen.get(id);
            if (before == null || !before.is(account)) {
                seen.put(id, Seen.of(account));
                activity.forget(id);
                walks.removeIf(walk -> walk.account().equals(id));
                walks.add(new Walk(id, null));
            }
        }
    }

    /// One page at a time, so that what is due does not wait.
    ///
    /// @return whether there are more
    private boolean walk() throws InterruptedException {
        var walk = walks.peek();
        if (walk == null) {
            return false;
        }
        var page = journal.watches().of(walk.account(), walk.after(), PAGE);
        for (var watch : page) {
            lookout.at(watch);
        }
        walks.remove();
        if (page.size() == PAGE) {
            walks.push(new Walk(walk.account(), page.getLast().conversation()));
        }
        return !walks.isEmpty();
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
