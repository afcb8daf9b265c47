package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Capabilities;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes what our side wants to say: through the gate, then durably into log and outbox in one
/// commit. The dispatchers send it.
///
/// Methods block and are called on virtual threads; thread safe. They throw [JournalUnavailable]
/// when nothing can be made durable.
public final class Replies {

    /// How often a draft is decided anew when what it rested on changed meanwhile.
    private static final int TRIES = 8;

    /// The same over an account with a quota, where every send of another member changes it.
    private static final int TRIES_IN_TURN = 100;

    private final Journal journal;
    private final Answered answered;
    private final Quotas quotas;
    private final ReplyDecision replying;
    private final OpeningDecision opening;
    private final Alternatives alternatives;

    /// Replies over this journal.
    ///
    /// @param dispatchers know which addresses nobody is at
    public Replies(
            Journal journal,
            OpenAccounts accounts,
            Dispatchers dispatchers,
            TimeOrderedIds ids,
            InstantSource clock,
            Terms terms) {
        this.journal = journal;
        this.answered = new Answered(journal);
        var permission = new Permission(journal, dispatchers.unreachable());
        var files = new SharedFiles(terms.files(), terms.filesLast());
        var gate = new Gate(journal, accounts, permission, files, clock);
        var writing = new Writing(ids, clock, terms.usualLife());
        this.quotas = new Quotas(journal, clock, terms.quotas());
        this.replying = new ReplyDecision(journal, gate, writing, quotas);
        this.opening = new OpeningDecision(journal, gate, writing, ids, quotas);
        this.alternatives = new Alternatives(journal, replying, opening);
    }

    /// Posts into a conversation. A note is kept for colleagues and sent nowhere.
    ///
    /// The same idempotency key with the same fingerprint is answered with what the first request
    /// brought, also when both run at the same moment.
    public Posted post(Reply reply) throws InterruptedException {
        return decide(reply, () -> decided(reply));
    }

    /// Shows what a reply would become if it were posted now. It is decided as a post is, and
    /// nothing is stored; an idempotency key does not matter.
    public Previewed preview(Reply reply) throws InterruptedException {
        try {
            return Preview.of(decided(reply));
        } catch (Refusal refusal) {
            return new Previewed.Unsendable(refusal.refused());
        }
    }

    /// The same for a conversation that our side would begin.
    public Previewed preview(Opening first) throws InterruptedException {
        try {
            return Preview.of(opening.of(first));
        } catch (Refusal refusal) {
            return new Previewed.Unsendable(refusal.refused());
        }
    }

    /// What the channel lets a conversation carry now; empty where it cannot say.
    public Optional<Capable> capabilities(ConversationId conversation) throws InterruptedException {
        try {
            var capabilities = replying.capabilities(conversation);
            return Optional.of(
                    new Capable(capabilities, CapabilityVersion.of(capabilities, replying.now())));
        } catch (Refusal refusal) {
            return Optional.empty();
        }
    }

    /// What refuses a draft that shows files of accounts which its author does not see: to them
    /// these files are not there. Empty: it shows none.
    public Optional<Posted.Refused.CannotSend> unseen(Draft draft, Predicate<AccountId> sees) {
        var problems = Shelf.unseen(journal.media(), draft.parts(), sees);
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(new Posted.Refused.CannotSend(problems));
    }

    /// What may be done instead of a reply that cannot be sent, the nearest first.
    ///
    /// @param why it was refused
    /// @param accounts on which another conversation may be; empty: on all
    public List<Alternative> alternatives(
            Reply refused, Posted.Refused.CannotSend why, Set<AccountId> accounts)
            throws InterruptedException {
        return alternatives.to(refused, why, accounts);
    }

    /// The same for a conversation that cannot be begun.
    public List<Alternative> alternatives(Opening refused, Set<AccountId> accounts)
            throws InterruptedException {
        return alternatives.to(refused, accounts);
    }

    /// Begins a conversation, where the channel lets us write first.
    public Posted start(Opening first) throws InterruptedException {
        return decide(first, () -> opening.of(first));
    }

    /// What a reply would be committed as.
    Decision decided(Reply reply) throws Refusal, InterruptedException {
        return replying.of(reply);
    }

    /// What the beginning of a conversation would be committed as.
    Decision decided(Opening first) throws Refusal, InterruptedException {
        return opening.of(first);
    }

    /// How far an outbound interaction got; empty lists for what was never to be sent.
    public Progress progress(InteractionId interaction) {
        return new Progress(
                journal.outbox().of(interaction), journal.outbox().deliveries(interaction));
    }

    /// What is to be committed, as far as reads can tell.
    ///
    /// @param carrier what is to carry it; null for a note, which goes nowhere
    record Decision(Interaction interaction, Unit unit, @Nullable Carrier carrier) {

        /// The same with another form of the interaction.
        Decision storing(Interaction other) {
            var items = new ArrayList<Item>();
            for (var item : unit.items()) {
                var changes = item.changes().stream().map(change -> storing(change, other));
                items.add(new Item(item.once(), item.expects(), changes.toList()));
            }
            return new Decision(other, new Unit(items), carrier);
        }

        private static Change storing(Change change, Interaction other) {
            return change instanceof Change.Append append && append.id().equals(other.id())
                    ? Writing.append(other, append.weight())
                    : change;
        }

        /// The same with more beside it.
        Decision with(Item more) {
            var items = new ArrayList<>(unit.items());
            items.add(more);
            return new Decision(interaction, new Unit(items), carrier);
        }
    }

    /// The account that is to carry a draft, and what it says it can carry.
    record Carrier(OpenAccount account, Capabilities capabilities) {}

    /// One attempt at a decision.
    interface Deciding {
        Decision decide() throws Refusal, InterruptedException;
    }

    /// Of quotas only: null where it does not matter.
    private @Nullable AccountId accountOf(Reply reply) {
        return quotas.isNone()
                ? null
                : journal.conversations()
                        .byId(reply.conversation())
                        .map(Conversations.Conversation::account)
                        .orElse(null);
    }

    private Posted inTurn(@Nullable AccountId account, Draft draft, Deciding deciding)
            throws InterruptedException {
        var turn = account == null ? null : quotas.turn(account);
        if (turn == null) {
            return decide(draft, deciding, TRIES);
        }
        turn.lockInterruptibly();
        try {
            return decide(draft, deciding, TRIES_IN_TURN);
        } finally {
            turn.unlock();
        }
    }

    /// Decides and commits, anew where what it rested on has changed.
    Posted decide(Reply reply, Deciding deciding) throws InterruptedException {
        return inTurn(accountOf(reply), reply.draft(), deciding);
    }

    /// The same for the beginning of a conversation.
    Posted decide(Opening first, Deciding deciding) throws InterruptedException {
        return inTurn(first.account(), first.draft(), deciding);
    }

    private Posted decide(Draft draft, Deciding deciding, int tries) throws InterruptedException {
        for (int i = 0; i < tries; i++) {
            var before = answered.before(draft);
            if (before.isPresent()) {
                return before.get();
            }
            try {
                var decision = deciding.decide();
                if (commit(decision.unit()) instanceof Commit.Done done) {
                    long position = position(done);
                    return new Posted.Taken(decision.interaction().withPosition(position), false);
                }
            } catch (Refusal refusal) {
                // The request may have lost against its own repetition, which was taken meanwhile.
                return answered.before(draft).orElse(refusal.refused());
            }
        }
        throw new JournalUnavailable(
                "the conversation changed faster than a reply to it could be decided: try again");
    }

    private static long position(Commit.Done done) {
        return switch (done.results().getFirst()) {
            case Commit.Result.Stored(long first, int _) -> first;
            case Commit.Result.Duplicate(long first, int _) -> first;
        };
    }

    /// @throws JournalUnavailable nothing can be made durable
    private Commit commit(Unit unit) throws InterruptedException {
        try {
            return journal.append(unit).get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof JournalUnavailable unavailable) {
                throw unavailable;
            }
            throw new JournalUnavailable("the journal failed to store a reply", failure);
        }
    }
}
