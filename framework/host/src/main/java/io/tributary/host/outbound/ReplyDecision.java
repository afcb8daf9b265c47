package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Unit;
import io.tributary.host.outbound.Posted.Refused;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Capabilities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what a reply becomes, from what the journal says now. Blocking, thread safe.
final class ReplyDecision {

    private final Journal journal;
    private final Gate gate;
    private final Writing writing;
    private final Freshness freshness;
    private final Quotas quotas;

    ReplyDecision(Journal journal, Gate gate, Writing writing, Quotas quotas) {
        this.quotas = quotas;
        this.journal = journal;
        this.gate = gate;
        this.writing = writing;
        this.freshness = new Freshness(journal);
    }

    Instant now() {
        return writing.now();
    }

    /// What the conversation can carry now, whoever would write.
    Capabilities capabilities(ConversationId id) throws Refusal, InterruptedException {
        var conversation = conversation(id);
        var account = gate.sender(conversation.account());
        return gate.capabilities(account, lastEnds(conversation).told(conversation));
    }

    private Conversations.Conversation conversation(ConversationId id) throws Refusal {
        return journal.conversations()
                .byId(id)
                .orElseThrow(() -> new Refusal(new Refused.NoSuchConversation(id)));
    }

    Replies.Decision of(Reply reply) throws Refusal, InterruptedException {
        var conversation = conversation(reply.conversation());
        return isNote(reply.draft()) ? note(reply, conversation) : message(reply, conversation);
    }

    private static boolean isNote(Draft draft) throws Refusal {
        long notes =
                draft.parts().stream()
                        .filter(part -> part.content() instanceof Content.Note)
                        .count();
        if (notes > 0 && notes < draft.parts().size()) {
            throw new Refusal(
                    Refused.Invalid.because(
                            "mixed", "a note goes alone: customers never see it, post it apart"));
        }
        return notes > 0;
    }

    /// A note needs no open conversation, no claim and no channel.
    private Replies.Decision note(Reply reply, Conversations.Conversation conversation)
            throws Refusal {
        var interaction =
                writing.begin(reply.draft(), place(conversation, Ends.of(conversation)))
                        .direction(Direction.INTERNAL)
                        .parts(reply.draft().parts())
                        .target(target(reply.target(), conversation))
                        .inReplyTo(target(reply.inReplyTo(), conversation))
                        .build();
        var changes = new ArrayList<Change>();
        changes.add(Writing.append(interaction, Change.Weight.FROM_US));
        changes.addAll(Writing.answer(reply.draft(), interaction, interaction.receivedAt()));
        return new Replies.Decision(
                interaction, Unit.of(Writing.once(reply.draft()), List.copyOf(changes)), null);
    }

    private Replies.Decision message(Reply reply, Conversations.Conversation conversation)
            throws Refusal, InterruptedException {
        var draft = reply.draft();
        var account = gate.sender(conversation.account());
        var expects = new ArrayList<>(Writing.once(draft));
        expects.addAll(standing(reply, conversation));
        var ends =
                lastEnds(conversation)
                        .via(
                                otherLine(reply, conversation, account),
                                otherAddress(reply, conversation));
        var told = ends.told(conversation);
        var capabilities = gate.capabilities(account, told);
        var about = about(reply, conversation, capabilities);
        var whom = new Gate.Whom(conversation.customer(), conversation.address());
        var passed = gate.pass(told, whom, draft.parts(), capabilities);
        var interaction =
                Writing.finish(
                        writing.begin(draft, place(conversation, ends))
                                .target(about)
                                .replayed(reply.replayed())
                                .inReplyTo(target(reply.inReplyTo(), conversation)),
                        passed);
        var changes = new ArrayList<Change>();
        changes.add(Writing.append(interaction, Change.Weight.FROM_US));
        changes.addAll(writing.sends(interaction, conversation.id(), draft, passed));
        var booking = quotas.book(account.id(), changes);
        expects.addAll(booking.expects());
        changes.addAll(booking.changes());
        changes.addAll(Writing.answer(draft, interaction, interaction.receivedAt()));
        return new Replies.Decision(
                interaction, Unit.of(expects, changes), new Replies.Carrier(account, capabilities));
    }

    /// How the conversation stands, and that it still stands so when the reply is written.
    private List<Expect> standing(Reply reply, Conversations.Conversation conversation)
            throws Refusal {
        var expects = new ArrayList<Expect>();
        if (conversation.closedAt() != null) {
            throw new Refusal(new Refused.Closed(conversation.id()));
        }
        expects.add(new Expect.ConversationOpen(conversation.id()));
        var author = reply.draft().actor().id();
        var holder = conversation.claimedBy();
        if (author != null) {
            if (holder != null && !holder.equals(author)) {
                throw new Refusal(new Refused.Claimed(holder, conversation.claimedName()));
            }
            expects.add(new Expect.ClaimFree(conversation.id(), author));
        }
        var seen = reply.expectedPosition();
        if (seen != null) {
            long known = freshness.check(conversation, seen, reply.draft().actor());
            expects.add(new Expect.NothingNewAfter(conversation.id(), known));
        }
        return expects;
    }

    /// The ends of the customer's last word: they may have moved to another address of theirs,
    /// which the conversation follows. The conversation's own before the first word.
    private Ends lastEnds(Conversations.Conversation conversation) {
        var own = Ends.of(conversation);
        if (conversation.customerPosition() == 0) {
            return own;
        }
        return journal.log()
                .at(conversation.customerPosition())
                .filter(row -> row.account().equals(conversation.account()))
                .map(Bodies::of)
                .map(said -> own.via(filled(said.line()), filled(said.address())))
                .orElse(own);
    }

    private static @Nullable String filled(String end) {
        return end.isEmpty() ? null : end;
    }

    private static @Nullable String otherLine(
            Reply reply, Conversations.Conversation conversation, OpenAccount account)
            throws Refusal, InterruptedException {
        var line = reply.line();
        return line == null || line.equals(conversation.line())
                ? line
                : Lines.of(account).named(line);
    }

    /// Another address must be known as one of the same customer: a conversation is no way to write
    /// to somebody else.
    private @Nullable String otherAddress(Reply reply, Conversations.Conversation conversation)
            throws Refusal {
        var address = reply.address();
        if (address == null || address.equals(conversation.address())) {
            return address;
        }
        var end = journal.directory().end(conversation.account(), address);
        boolean same =
                end.isPresent()
                        && journal.customers()
                                .aliases(conversation.customer())
                                .contains(end.get().customer());
        if (!same) {
            throw new Refusal(
                    Refused.Invalid.because(
                            "foreign-address",
                            "the address is not known as one of this customer: start a"
                                    + " conversation with it"));
        }
        return address;
    }

    private @Nullable Target target(
            @Nullable InteractionId id, Conversations.Conversation conversation) throws Refusal {
        if (id == null) {
            return null;
        }
        row(id, conversation);
        return Target.known(id);
    }

    /// What an edit, a deletion, a reaction or a call order is about.
    private @Nullable Target about(
            Reply reply, Conversations.Conversation conversation, Capabilities capabilities)
            throws Refusal {
        var id = reply.target();
        var row = id == null ? null : row(id, conversation);
        for (var part : reply.draft().parts()) {
            checkTarget(part, row, capabilities);
        }
        return id == null ? null : Target.known(id);
    }

    private void checkTarget(Part part, @Nullable Row row, Capabilities capabilities)
            throws Refusal {
        if (row == null) {
            if (needsTarget(part.content())) {
                throw new Refusal(
                        Refused.Invalid.because(
                                "no-target",
                                "part "
                                        + part.number()
                                        + " is about an earlier interaction: name it as target"));
            }
            return;
        }
        boolean changes =
                part.content() instanceof Content.Edited
                        || part.content() instanceof Content.Deleted;
        if (changes && row.direction() != Direction.OUTBOUND) {
            throw new Refusal(
                    Refused.Invalid.because(
                            "not-ours", "only what our side wrote can be changed or taken back"));
        }
        var age = capabilities.support(part.content().capability()).age();
        if (age.isPositive() && isOlder(row, age)) {
            throw new Refusal(
                    Refused.CannotSend.because(
                            "too-old",
                            "the channel takes this for %d s, and the target is older"
                                    .formatted(age.toSeconds())));
        }
    }

    private boolean isOlder(Row row, Duration age) {
        return row.receivedAt().plus(age).isBefore(writing.now());
    }

    private static boolean needsTarget(Content content) {
        return content instanceof Content.Edited
                || content instanceof Content.Deleted
                || content instanceof Content.Reaction
                || (content instanceof Content.CallOrder order
                        && order.action() != Content.CallOrder.Action.DIAL);
    }

    private Row row(InteractionId id, Conversations.Conversation conversation) throws Refusal {
        return journal.log()
                .byId(id)
                .filter(row -> conversation.id().equals(row.conversation()))
                .orElseThrow(() ->
                        new Refusal(
                                Refused.Invalid.because(
                                        "unknown-target",
                                        "there is no interaction "
                                                + id
                                                + " in this conversation")));
    }

    private static Writing.Place place(Conversations.Conversation conversation, Ends ends) {
        return new Writing.Place(
                conversation.id(),
                conversation.customer(),
                conversation.channel(),
                conversation.account(),
                ends,
                conversation.thread());
    }
}
