package io.tributary.host.outbound;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Folds;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the conversations in which something was said since somebody looked, on any member, and
/// looks at them page by page. Blocking; for one thread.
///
/// How far is kept after each page, so that whoever goes on begins there. Only what was said
/// counts: what is told of capabilities is an activity, too, and would be its own reason.
final class Activity {

    private static final String FOLD = "capabilities";
    private static final int PAGE = 200;

    /// So many positions back is looked where nobody ever did: what is older is told of with its
    /// next word.
    private static final int FIRST = 10_000;

    /// An account whose channel names no window this often in a row has none.
    private static final int ENOUGH = 20;

    private final Journal journal;
    private final Lookout lookout;
    private final Map<AccountId, Integer> windowless = new HashMap<>();
    private @Nullable Pass pass;

    Activity(Journal journal, Lookout lookout) {
        this.journal = journal;
        this.lookout = lookout;
    }

    /// A walk over what happened, in the order of the last activity. What moves meanwhile is met
    /// again, so at its end all is seen that was said up to the head at its beginning.
    ///
    /// @param floor what was said up to this position was seen by earlier passes
    /// @param after how far this one is
    private record Pass(int timeline, long head, long floor, long after) {

        Pass at(long position) {
            return new Pass(timeline, head, floor, position);
        }

        Folds.Kept kept(long position, long seen, Instant now) {
            return new Folds.Kept(
                    new Folds.Mark(timeline, position, now), Bytes.utf8(Long.toString(seen)));
        }
    }

    /// Nobody knows any more whether the channel has windows.
    void forget(AccountId account) {
        windowless.remove(account);
    }

    /// Begins where the last pass ended, unless one is under way, or somebody looks already.
    ///
    /// @param every how often is looked
    void begin(Instant now, Duration every) {
        if (pass != null) {
            return;
        }
        var log = journal.log();
        long head = log.head();
        int timeline = log.timeline();
        var kept = journal.folds().find(FOLD);
        if (kept.isEmpty()) {
            pass = new Pass(timeline, head, 0, first(head));
            return;
        }
        var mark = kept.get().mark();
        if (mark.timeline() != timeline) {
            long common = log.lastCommon(mark.timeline());
            long from = common < 0 ? first(head) : Math.min(mark.position(), common);
            pass = new Pass(timeline, head, Math.min(seen(kept.get()), from), from);
        } else if (head > mark.position() && !mark.at().plus(every).isAfter(now)) {
            pass = new Pass(timeline, head, seen(kept.get()), mark.position());
        }
    }

    private static long first(long head) {
        return Math.max(0, head - FIRST);
    }

    private static long seen(Folds.Kept kept) {
        var text = kept.body().utf8();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /// Looks at some of them.
    ///
    /// @return whether there are more
    boolean look(Instant now) throws InterruptedException {
        var going = pass;
        if (going == null) {
            return false;
        }
        var page = journal.conversations().active(unconcerned(), going.after(), PAGE);
        for (var conversation : page) {
            if (conversation.closedAt() != null || conversation.contentPosition() > going.floor()) {
                look(conversation);
            }
        }
        if (page.size() < PAGE) {
            pass = null;
            var _ = journal.folds().keep(FOLD, going.kept(going.head(), going.head(), now));
            return false;
        }
        long after = page.getLast().lastPosition();
        pass = going.at(after);
        var _ =
                journal.folds()
                        .keep(FOLD, going.kept(Math.min(after, going.head()), going.floor(), now));
        return true;
    }

    private void look(Conversation conversation) throws InterruptedException {
        var account = conversation.account();
        boolean begins = !isWindowless(account) && conversation.customerPosition() > 0;
        var window = lookout.at(conversation, begins);
        if (window != null) {
            windowless.merge(account, 1, (times, _) -> window ? 0 : Math.min(times + 1, ENOUGH));
        }
    }

    /// Accounts without windows, of whose conversations no app was told.
    private Set<AccountId> unconcerned() {
        var none = new HashSet<AccountId>();
        for (var account : windowless.keySet()) {
            if (isWindowless(account) && journal.watches().of(account, null, 1).isEmpty()) {
                none.add(account);
            }
        }
        return none;
    }

    private boolean isWindowless(AccountId account) {
        return windowless.getOrDefault(account, 0) >= ENOUGH;
    }
}
