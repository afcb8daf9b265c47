package io.tributary.host.outbound;

import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The ends of a customer that a step of a plan may go to. Blocking, thread safe.
final class FallbackEnds {

    /// So many conversations are looked through, those of the latest activity first.
    private static final int LOOKED_AT = 50;

    /// So many ends are tried for one step.
    private static final int MOST = 5;

    private final Journal journal;

    FallbackEnds(Journal journal) {
        this.journal = journal;
    }

    /// An end.
    record End(AccountId account, String address) {

        /// Nothing of it: the address is personal.
        @Override
        public String toString() {
            return "End[...]";
        }
    }

    /// A conversation with such an end, open or not.
    record Candidate(Conversations.Conversation conversation) {

        End end() {
            return new End(conversation.account(), conversation.address());
        }
    }

    /// Those from which the customer has written, the latest first: the channel vouches for them.
    ///
    /// @param used left out
    List<Candidate> of(
            FallbackPlan.Step step, FallbackPlan plan, CustomerId customer, Set<End> used) {
        var accounts = plan.accounts();
        var named = step.account();
        if (named != null) {
            accounts = Set.of(named);
        }
        var query =
                new Conversations.Query(
                        accounts,
                        step.channel(),
                        null,
                        journal.customers().aliases(customer),
                        null);
        var seen = new HashSet<>(used);
        var candidates = new ArrayList<Candidate>();
        for (var conversation : journal.conversations().page(query, Long.MAX_VALUE, LOOKED_AT)) {
            var candidate = new Candidate(conversation);
            if (conversation.customerPosition() > 0
                    && candidates.size() < MOST
                    && seen.add(candidate.end())) {
                candidates.add(candidate);
            }
        }
        return List.copyOf(candidates);
    }

    /// Whether the end is known as one of the customer's: a plan is no way to write to somebody
    /// else.
    boolean isOf(CustomerId customer, AccountId account, String address) {
        return journal.directory()
                .end(account, address)
                .filter(end -> journal.customers().aliases(customer).contains(end.customer()))
                .isPresent();
    }
}
