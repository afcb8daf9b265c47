package io.tributary.host.customers;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.CustomerMerge;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.KnownMark;
import io.tributary.host.journal.Unit;
import io.tributary.json.InteractionJson;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Changed.What;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.TimeOrderedIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Joins customers that are one person, and parts them again. Blocking, thread safe.
///
/// A merge is an alias that is resolved on read: nothing is rewritten, so it can be undone. Agent
/// apps see it in order, by a `Changed` in the open conversations of whoever was merged or parted.
public final class Merges {

    private static final int MOST_TOLD = 50;

    private final Journal journal;
    private final TimeOrderedIds ids;
    private final InstantSource clock;
    private final Runnable afterwards;

    /// Joins and parts customers of this journal.
    ///
    /// @param afterwards whoever remembers customers looks them up again
    public Merges(Journal journal, TimeOrderedIds ids, InstantSource clock, Runnable afterwards) {
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
        this.afterwards = afterwards;
    }

    /// What became of it.
    public sealed interface Result {

        /// It is so now.
        ///
        /// @param customer that both stand for now, or that was parted
        record Done(Customers.Customer customer) implements Result {}

        /// There is no such customer.
        record Unknown(CustomerId id) implements Result {}

        /// They are one already, or are not merged.
        record Nothing() implements Result {}

        /// Somebody else changed one of them meanwhile.
        record Conflict() implements Result {}
    }

    /// Makes `from` an alias of `into`.
    ///
    /// @param actor who asks for it
    /// @param principal the token's id, for the audit
    public Result merge(CustomerId from, CustomerId into, Actor actor, String principal) {
        Optional<Customers.Customer> one = journal.customers().byId(from);
        Optional<Customers.Customer> other = journal.customers().byId(into);
        if (one.isEmpty()) {
            return new Result.Unknown(from);
        }
        if (other.isEmpty()) {
            return new Result.Unknown(into);
        }
        CustomerId goes = one.get().id();
        CustomerId stays = other.get().id();
        if (goes.equals(stays)) {
            return new Result.Nothing();
        }
        var merge = new CustomerMerge(goes, stays);
        List<Change> changes = new ArrayList<>(merge.changes(principal, clock.instant()));
        tell(goes, merge.told(), actor, changes);
        return write(merge.expects(), changes, stays);
    }

    /// Parts a customer from the one it was merged into; those merged into it stay with it. No
    /// channel's word joins either of them to anybody again: both are marked as known, since the
    /// stranger of the two may be the one that stayed.
    public Result unmerge(CustomerId merged, Actor actor, String principal) {
        Optional<Customers.Customer> now = journal.customers().byId(merged);
        if (now.isEmpty()) {
            return new Result.Unknown(merged);
        }
        if (now.get().id().equals(merged)) {
            return new Result.Nothing();
        }
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.MergeCustomer(merged, null));
        changes.add(KnownMark.on(merged, clock.instant()));
        changes.add(KnownMark.on(now.get().id(), clock.instant()));
        var details = Map.of("customer", merged.toString(), "from", now.get().id().toString());
        tell(merged, new Content.Changed(What.UNMERGED, details), actor, changes);
        changes.add(
                new Change.AddAudit(
                        principal,
                        "customer.unmerge",
                        merged.toString(),
                        "from " + now.get().id(),
                        clock.instant()));
        return write(List.of(), changes, merged);
    }

    private Result write(List<Expect> expects, List<Change> changes, CustomerId shown) {
        if (!(journal.append(Unit.of(expects, changes)).join() instanceof Commit.Done)) {
            return new Result.Conflict();
        }
        afterwards.run();
        return journal.customers()
                .byId(shown)
                .<Result>map(Result.Done::new)
                .orElseGet(() -> new Result.Unknown(shown));
    }

    private void tell(CustomerId customer, Content content, Actor actor, List<Change> changes) {
        Instant now = clock.instant();
        var query =
                new Conversations.Query(
                        Set.of(), null, true, journal.customers().aliases(customer), null);
        for (Conversations.Conversation conversation :
                journal.conversations().page(query, Long.MAX_VALUE, MOST_TOLD)) {
            changes.add(append(conversation, content, actor, now));
        }
    }

    private Change append(
            Conversations.Conversation conversation, Content content, Actor actor, Instant now) {
        Interaction said =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(conversation.id())
                        .customer(conversation.customer())
                        .channel(conversation.channel())
                        .account(conversation.account())
                        .line(conversation.line())
                        .address(conversation.address())
                        .thread(conversation.thread())
                        .direction(Direction.INTERNAL)
                        .actor(actor)
                        .receivedAt(now)
                        .contents(content)
                        .build();
        return new Change.Append(
                said.id(),
                said.conversation(),
                said.customer(),
                said.channel(),
                said.account(),
                said.direction(),
                content.type(),
                Change.Weight.QUIET,
                now,
                Bytes.wrap(InteractionJson.encode(said)));
    }
}
