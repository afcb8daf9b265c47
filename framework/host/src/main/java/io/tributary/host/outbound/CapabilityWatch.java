package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Conversations.Query;
import io.tributary.host.journal.Folds;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private static final String FOLD = "capabilities";
    private static final int PAGE = 200;
    private static final int MOST_TOLD = 10_000;

    /// An account whose channel names no window this often in a row has none.
    private static final int ENOUGH = 20;

    private final Journal journal;
    private final OpenAccounts accounts;
    private final Lookout lookout;
    private final InstantSource clock;
    private final Rhythm rhythm;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("capabilities").unstarted(this::run);
    private final Map<ConversationId, String> told = new ConcurrentHashMap<>();
    private final Map<ConversationId, String> known = new HashMap<>();
    private final Map<AccountId, Seen> seen = new HashMap<>();
    private final Map<AccountId, Integer> windowless = new HashMap<>();
    private Instant looked = Instant.MIN;

    /// How often it looks.
    ///
    /// @param due for what is due
    /// @param active for what happened
    public record Rhythm(Duration due, Duration active) {
        /// Of a member at work.
        public static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /// An account as it was open, and how often it said that its capabilities changed.
    private record Seen(OpenAccount account, long changes) {}

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
        do {
            try {
                look();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                LOG.warn("capabilities could not be looked at: {}", failure.toString());
            }
        } while (!isOver());
    }

    private boolean isOver() {
        try {
            return closing.await(rhythm.due().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return true;
        }
    }

    private void look() throws InterruptedException {
        remember();
        for (var watch : journal.watches().due(clock.instant(), PAGE)) {
            lookout.at(watch);
        }
        var now = clock.instant();
        if (!now.isBefore(looked.plus(rhythm.active()))) {
            lookAtAccounts();
            lookAtActive(now);
            looked = now;
        }
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
    private void lookAtAccounts() throws InterruptedException {
        for (var account : accounts.all()) {
            var now = new Seen(account, account.changes());
            if (!now.equals(seen.get(account.id()))) {
                windowless.remove(account.id());
                lookAtAll(account.id());
                seen.put(account.id(), now);
            }
        }
    }

    private void lookAtAll(AccountId account) throws InterruptedException {
        ConversationId after = null;
        while (closing.getCount() > 0) {
            var page = journal.watches().of(account, after, PAGE);
            for (var watch : page) {
                lookout.at(watch);
            }
            if (page.size() < PAGE) {
                return;
            }
            after = page.getLast().conversation();
        }
    }

    private void lookAtActive(Instant now) throws InterruptedException {
        var log = journal.log();
        var mark = journal.folds().mark(FOLD).filter(one -> one.timeline() == log.timeline());
        if (mark.isPresent() && mark.get().at().plus(rhythm.active()).isAfter(now)) {
            return;
        }
        long from = mark.map(Folds.Mark::position).orElse(0L);
        long head = log.head();
        if (head > from && lookSince(from)) {
            var _ =
                    journal.folds()
                            .keep(
                                    FOLD,
                                    new Folds.Kept(
                                            new Folds.Mark(log.timeline(), head, now),
                                            Bytes.EMPTY));
        }
    }

    /// @return whether all was looked at
    private boolean lookSince(long from) throws InterruptedException {
        var watched = journal.watches().accounts();
        var among = new HashSet<>(watched);
        accounts.all().stream()
                .map(OpenAccount::id)
                .filter(id -> !isWindowless(id))
                .forEach(among::add);
        if (among.isEmpty()) {
            return true;
        }
        var query = new Query(Set.copyOf(among), null, null, Set.of(), null);
        long before = Long.MAX_VALUE;
        while (closing.getCount() > 0) {
            var page = journal.conversations().page(query, before, PAGE);
            for (var conversation : page) {
                if (conversation.lastPosition() <= from) {
                    return true;
                }
                look(conversation, watched.contains(conversation.account()));
            }
            if (page.size() < PAGE) {
                return true;
            }
            before = page.getLast().lastPosition();
        }
        return false;
    }

    private void look(Conversation conversation, boolean watched) throws InterruptedException {
        var account = conversation.account();
        boolean begins = !isWindowless(account) && conversation.customerPosition() > 0;
        if (!begins && !watched) {
            return;
        }
        var window = lookout.at(conversation, begins);
        if (window != null) {
            windowless.merge(account, 1, (times, _) -> window ? 0 : Math.min(times + 1, ENOUGH));
        }
    }

    private boolean isWindowless(AccountId account) {
        return windowless.getOrDefault(account, 0) >= ENOUGH;
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
