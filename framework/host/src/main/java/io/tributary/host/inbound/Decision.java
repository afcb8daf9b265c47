package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Unit;
import io.tributary.json.InvalidJson;
import io.tributary.model.AccountId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import io.tributary.spi.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what is written for the events of one delivery. Reads the journal; used once.
///
/// One event becomes one item. What several events of a unit rest on (a new conversation, a new
/// customer, changed state) stands in an item before them, since any of them may prove to be a
/// duplicate and will then not be stored again. What is begun there is begun only if none of them
/// is: else each is to be decided alone, so that nothing is begun for a duplicate.
final class Decision {

    /// Most bytes of events in one unit, so that a unit stays well below what the journal takes at
    /// once.
    private static final long MOST_BYTES = 3L << 20;

    private final Arrived arrived;
    private final Draft shared = new Draft(null);
    private final List<Item> items = new ArrayList<>();
    private final List<List<InteractionId>> ids = new ArrayList<>();
    private final List<Integer> itemOf = new ArrayList<>();
    private final Whereabouts whereabouts;
    private final Storing storing;
    private final Intake intake;
    private final Gathering gathering;

    /// An event proved to be unfit for storing: it is to be a dead letter, and everything to be
    /// decided anew.
    static final class Spoiled extends Exception {

        private static final long serialVersionUID = 1L;

        private final int event;

        Spoiled(int event, Throwable cause) {
            super("an event cannot be stored", cause, false, false);
            this.event = event;
        }

        int event() {
            return event;
        }
    }

    /// @param anew what is remembered proved out of date: read the journal
    /// @param awaited external ids for which something is parked
    Decision(Means means, Arrived arrived, boolean anew, Set<String> awaited) {
        this.arrived = arrived;
        this.whereabouts = new Whereabouts(means, arrived.account(), arrived.receivedAt(), anew);
        var references = new References(means.journal(), arrived.account().id());
        this.storing = new Storing(means, arrived, references, awaited);
        this.intake = new Intake(means, arrived, whereabouts, storing);
        this.gathering = new Gathering(means.journal(), arrived);
    }

    /// Decides for as many of the events as can be one unit: an event that ends a conversation is
    /// the last of its unit, since what follows it begins the next one; so does what would make it
    /// too large.
    ///
    /// @param state to be changed when `events` are the rest of the delivery
    Plan decide(List<Translated> events, List<State.Change> state) throws Spoiled {
        boolean alone = events.size() == 1;
        int taken = 0;
        long bytes = 0;
        boolean full = false;
        while (taken < events.size() && !full) {
            Translated event = events.get(taken);
            bytes += event.event().body().length();
            full = take(event, taken, alone) || bytes >= MOST_BYTES;
            taken++;
        }
        if (!shared.changesNothing()) {
            events.subList(0, taken).forEach(this::expectFirstTime);
        }
        if (taken == events.size()) {
            put(state);
        }
        return plan(taken);
    }

    private void expectFirstTime(Translated event) {
        Item.Once once = once(event.event());
        if (once != null) {
            shared.expect(new Expect.FirstTime(once.account(), once.key()));
        }
    }

    private Plan plan(int taken) {
        if (!shared.empty() || !items.isEmpty()) {
            arrived.expects().forEach(shared::expect);
        }
        if (shared.empty()) {
            return new Plan(new Unit(items), taken, ids, itemOf, whereabouts, storing.again());
        }
        var all = new ArrayList<Item>(items.size() + 1);
        all.add(shared.item());
        all.addAll(items);
        var moved = itemOf.stream().map(item -> item < 0 ? item : item + 1).toList();
        return new Plan(new Unit(all), taken, ids, moved, whereabouts, storing.again());
    }

    /// @return whether it ended a conversation
    private boolean take(Translated event, int index, boolean alone) throws Spoiled {
        var own = new Draft(once(event.event()));
        var draft = EventDraft.of(event, own, alone ? own : shared);
        if (event.waits()) {
            gathering.keep(event.event(), own);
        } else if (event.spoiled() != null) {
            own.change(DeadEvents.deadLetter(arrived, event, event.spoiled()));
        } else {
            try {
                inbounds(event, draft);
            } catch (Nonsense | IllegalArgumentException | InvalidJson unfit) {
                throw new Spoiled(index, unfit);
            }
        }
        remember(event.event(), own);
        ids.add(List.copyOf(draft.made()));
        if (own.empty()) {
            itemOf.add(-1);
        } else {
            itemOf.add(items.size());
            items.add(own.item());
            items.addAll(draft.freed());
        }
        return !draft.closes().isEmpty();
    }

    private void inbounds(Translated event, EventDraft draft) {
        for (Inbound inbound : event.inbounds()) {
            intake.take(inbound, draft);
        }
        if (!draft.made().isEmpty()) {
            arrived.of(event).forEach(each -> draft.own().change(raw(each)));
        }
        for (Place place : draft.closes()) {
            draft.own()
                    .change(
                            new Change.CloseConversation(
                                    place.conversation(), arrived.receivedAt()));
            whereabouts.close(place);
        }
    }

    private Change raw(RawEvent event) {
        return DeadEvents.keep(
                arrived.account().id(), arrived.account().channel(), event, arrived.receivedAt());
    }

    private Item.@Nullable Once once(RawEvent event) {
        return event.dedupe() instanceof Dedupe.Key key && fresh()
                ? new Item.Once(arrived.account().id(), key.key())
                : null;
    }

    /// What was delivered just now; else the provider's keys have had their say already.
    private boolean fresh() {
        return arrived.unity() == Arrived.Unity.EACH && !arrived.replayed();
    }

    private void remember(RawEvent event, Draft own) {
        if (event.dedupe() instanceof Dedupe.Print print && fresh()) {
            own.change(
                    new Change.SeePrint(
                            arrived.account().id(),
                            print.print(),
                            arrived.receivedAt(),
                            Times.after(arrived.receivedAt(), print.within())));
        }
    }

    private void put(List<State.Change> state) {
        AccountId account = arrived.account().id();
        for (State.Change change : state) {
            if (change.expected() != State.Change.ANY) {
                shared.expect(new Expect.StateVersion(account, change.key(), change.expected()));
            }
            shared.change(
                    new Change.PutState(account, change.key(), change.value(), change.lasts()));
        }
    }
}
