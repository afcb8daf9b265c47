package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of an account's outbox that is in memory: read page by page, lanes by conversation,
/// bounded. Only the dispatcher's loop touches it.
final class Backlog {

    private static final int PAGE = 500;

    private final AccountId account;
    private final Outbox outbox;
    private final int most;
    private final Map<ConversationId, Lane> lanes = new HashMap<>();
    private final Map<Long, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> expiring =
            new TreeSet<>(
                    Comparator.comparing((Entry entry) -> entry.send().expiresAt())
                            .thenComparingLong(entry -> entry.send().id()));

    /// Every pending send up to this id was looked at; those of full lanes were passed over.
    private long seen;

    private boolean behind;

    /// @param most how many sends are held at once
    Backlog(AccountId account, Outbox outbox, int most) {
        this.account = account;
        this.outbox = outbox;
        this.most = most;
    }

    /// Reads on until memory or outbox end. Blocks on the journal.
    ///
    /// @param woken told of each lane that had no work before
    void load(Consumer<Lane> woken) {
        behind = true;
        while (entries.size() < most) {
            var page = outbox.pending(account, seen, PAGE);
            for (var send : page) {
                if (entries.size() >= most) {
                    return;
                }
                seen = Math.max(seen, send.id());
                add(send, woken);
            }
            if (page.size() < PAGE) {
                behind = false;
                return;
            }
        }
    }

    /// Whether there is room for sends that were passed over.
    boolean isBehind() {
        return behind && entries.size() < most;
    }

    private void add(Outbox.Send send, Consumer<Lane> woken) {
        if (entries.containsKey(send.id())) {
            return;
        }
        var lane = lanes.computeIfAbsent(send.conversation(), Lane::new);
        boolean idle = lane.isEmpty();
        var entry = new Entry(send);
        if (lane.add(entry)) {
            entries.put(send.id(), entry);
            expiring.add(entry);
            if (idle) {
                woken.accept(lane);
            }
        }
    }

    @Nullable Lane lane(ConversationId conversation) {
        return lanes.get(conversation);
    }

    /// Forgets a send that is final.
    void remove(long id) {
        var entry = entries.remove(id);
        if (entry == null) {
            return;
        }
        expiring.remove(entry);
        var lane = lanes.get(entry.send().conversation());
        if (lane == null) {
            return;
        }
        lane.remove(id);
        if (lane.isEmpty()) {
            lanes.remove(lane.conversation());
            if (lane.missing()) {
                seen = Math.min(seen, id);
                behind = true;
            }
        }
    }

    /// What is of no use any more and not under way.
    List<Entry> expired(Instant now) {
        var over = new ArrayList<Entry>();
        while (!expiring.isEmpty() && !expiring.first().send().expiresAt().isAfter(now)) {
            over.add(expiring.removeFirst());
        }
        return over;
    }

    /// Looks at the expiry of a send again later.
    void watchExpiry(Entry entry) {
        if (entries.containsKey(entry.send().id())) {
            expiring.add(entry);
        }
    }

    void forgetExpiry(Entry entry) {
        expiring.remove(entry);
    }

    @Nullable Instant nextExpiry() {
        return expiring.isEmpty() ? null : expiring.first().send().expiresAt();
    }
}
