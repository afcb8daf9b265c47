package io.tributary.host.outbound;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Conversations.Query;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import io.tributary.spi.Capabilities.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for what may be done instead of something that cannot be sent. Each is what the gate would
/// let through at this moment. Blocking, thread safe.
///
/// The nearest come first: other content in the same conversation, other open conversations with
/// the customer, conversations that may be begun with them; among these those of the latest
/// activity.
final class Alternatives {

    /// So many other conversations are tried, those of the latest activity, and so many ends.
    private static final int MOST_TRIED = 5;

    /// So many conversations are looked at for ends that the customer has written from.
    private static final int MOST_REMEMBERED = 50;

    private final Journal journal;
    private final ReplyDecision replying;
    private final OpeningDecision opening;

    Alternatives(Journal journal, ReplyDecision replying, OpeningDecision opening) {
        this.journal = journal;
        this.replying = replying;
        this.opening = opening;
    }

    /// @param why it was refused
    /// @param accounts on which another conversation may be; empty: on all
    List<Alternative> to(Reply refused, Posted.Refused.CannotSend why, Set<AccountId> accounts)
            throws InterruptedException {
        var found = journal.conversations().byId(refused.conversation());
        if (found.isEmpty() || found.get().closedAt() != null) {
            return List.of();
        }
        var alternatives = new ArrayList<Alternative>();
        if (isOfTheWindow(why)) {
            afterTheWindow(refused).ifPresent(alternatives::add);
        }
        var customer = found.get().customer();
        alternatives.addAll(elsewhere(customer, found.get(), refused.draft(), accounts));
        return List.copyOf(alternatives);
    }

    /// The same for a conversation that cannot be begun. Of strangers nothing else is known.
    List<Alternative> to(Opening refused, Set<AccountId> accounts) throws InterruptedException {
        var end = journal.directory().end(refused.account(), refused.address());
        var customer = end.isPresent() ? end.get().customer() : refused.customer();
        return customer == null ? List.of() : elsewhere(customer, null, refused.draft(), accounts);
    }

    private List<Alternative> elsewhere(
            CustomerId customer, @Nullable Conversation here, Draft draft, Set<AccountId> accounts)
            throws InterruptedException {
        var alternatives = new ArrayList<Alternative>();
        for (var other : others(customer, here, accounts)) {
            if (isOpenTo(draft, other)) {
                alternatives.add(
                        new Alternative.OtherConversation(
                                other.id(), other.channel(), other.account()));
            }
        }
        for (var before : ends(customer, accounts)) {
            if (mayBegin(draft, before)) {
                alternatives.add(
                        new Alternative.NewConversation(
                                before.channel(),
                                before.account(),
                                before.line(),
                                before.address()));
            }
        }
        return alternatives;
    }

    private static boolean isOfTheWindow(Posted.Refused.CannotSend why) {
        return why.problems().stream()
                .anyMatch(problem -> problem.reason().code().equals(Permission.WINDOW_CLOSED));
    }

    /// What the channel still takes where the time for free replies is over.
    private Optional<Alternative> afterTheWindow(Reply refused) throws InterruptedException {
        try {
            var capabilities = replying.capabilities(refused.conversation());
            var window = capabilities.window();
            var types =
                    window == null
                            ? List.<String>of()
                            : window.after().stream()
                                    .filter(type ->
                                            capabilities.support(type).level() != Level.REFUSED)
                                    .sorted()
                                    .toList();
            return types.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Alternative.OtherContent(types));
        } catch (Refusal silent) {
            return Optional.empty();
        }
    }

    private List<Conversation> others(
            CustomerId customer, @Nullable Conversation here, Set<AccountId> accounts) {
        return conversations(customer, true, accounts, MOST_TRIED + 1).stream()
                .filter(other -> here == null || !other.id().equals(here.id()))
                .limit(MOST_TRIED)
                .toList();
    }

    /// The last ended conversation with each end from which the customer wrote: only that proves
    /// that it is theirs.
    private List<Conversation> ends(CustomerId customer, Set<AccountId> accounts) {
        record End(AccountId account, String address) {}
        Map<End, Conversation> ends = new LinkedHashMap<>();
        for (var ended : conversations(customer, false, accounts, MOST_REMEMBERED)) {
            if (ended.customerPosition() > 0 && ended.thread() == null) {
                ends.putIfAbsent(new End(ended.account(), ended.address()), ended);
            }
        }
        return ends.values().stream().limit(MOST_TRIED).toList();
    }

    private List<Conversation> conversations(
            CustomerId customer, boolean open, Set<AccountId> accounts, int limit) {
        var query = new Query(accounts, null, open, journal.customers().aliases(customer), null);
        return journal.conversations().page(query, Long.MAX_VALUE, limit);
    }

    private boolean isOpenTo(Draft draft, Conversation other) throws InterruptedException {
        try {
            var _ = replying.of(Reply.of(other.id(), draft));
            return true;
        } catch (Refusal shut) {
            return false;
        }
    }

    private boolean mayBegin(Draft draft, Conversation like) throws InterruptedException {
        try {
            var _ =
                    opening.of(
                            new Opening(like.account(), like.address(), like.line(), null, draft));
            return true;
        } catch (Refusal shut) {
            return false;
        }
    }
}
