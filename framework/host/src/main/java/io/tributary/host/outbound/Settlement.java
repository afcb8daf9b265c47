package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.host.journal.Unit;
import io.tributary.host.outbound.Segmented.Taken;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Direction;
import io.tributary.model.Reason;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is committed about a send, each in one unit: its new state, the ids that the provider gave
/// with what waited for them, the receipt, the dead letter. Blocking reads, thread safe.
final class Settlement {

    /// The reason's code of a send that failed only because one before it did.
    static final String EARLIER_PART = "earlier-part";

    private final Journal journal;
    private final Parked parked;
    private final Receipts receipts;
    private final InstantSource clock;

    Settlement(Journal journal, Parked parked, Receipts receipts, InstantSource clock) {
        this.journal = journal;
        this.parked = parked;
        this.receipts = receipts;
        this.clock = clock;
    }

    private static final class Sheet {
        private final List<Expect> expects = new ArrayList<>();
        private final List<Change> changes = new ArrayList<>();
        private final List<Item> parked = new ArrayList<>();
        private final boolean look;

        Sheet() {
            this(true);
        }

        Sheet(boolean look) {
            this.look = look;
        }

        Sheet move(Moves moves) {
            expects.add(moves.expect());
            changes.add(moves.change());
            return this;
        }

        Unit unit() {
            var items = new ArrayList<Item>();
            items.add(new Item(null, expects, changes));
            items.addAll(parked);
            return new Unit(items);
        }
    }

    /// Only the move.
    static Unit moved(Moves moves) {
        return new Sheet().move(moves).unit();
    }

    /// Only the move, where this member may make it.
    static Unit moved(Moves moves, List<Expect> right) {
        var sheet = new Sheet().move(moves);
        sheet.expects.addAll(right);
        return sheet.unit();
    }

    /// The provider took it.
    ///
    /// @param look whether to look for what waits for the ids; else the unit says that nothing does
    Unit accepted(Carriage carriage, Moves moves, SendResult.Accepted result, boolean look) {
        var sheet = new Sheet(look).move(moves);
        var used = result.address();
        var other = used == null || used.equals(carriage.ends().address()) ? null : used;
        var said = result.reached() == Status.UNKNOWN ? Status.ACCEPTED : result.reached();
        var segmented = Segmented.of(journal, carriage, result.sent(), Taken.ALL);
        segmented.expects().forEach(sheet.expects::add);
        var reached = segmented.reached(said);
        sheet.changes.addAll(receipt(carriage, Content.receipt(reached), other));
        bind(sheet, carriage, segmented, result.sent(), other);
        if (other != null) {
            bindAddress(sheet, carriage, other);
        }
        return sheet.unit();
    }

    /// It goes on later: with new ids perhaps, but without a word to the conversation.
    Unit pending(Carriage carriage, Moves moves, List<Sent> sent) {
        var sheet = new Sheet().move(moves);
        bind(sheet, carriage, Segmented.of(journal, carriage, sent, Taken.SO_FAR), sent, null);
        return sheet.unit();
    }

    /// Nobody knows and nobody will ask any more: the conversation goes on and says so.
    Unit givenUp(Carriage carriage, Moves moves, List<Sent> sent) {
        var sheet = new Sheet().move(moves);
        bind(sheet, carriage, Segmented.of(journal, carriage, sent, Taken.SO_FAR), sent, null);
        sheet.changes.addAll(
                receipt(
                        carriage,
                        new Content.Receipt(Status.UNKNOWN, moves.after().reason()),
                        null));
        return sheet.unit();
    }

    /// It is not sent, since it is not wanted any more: nobody has to look after that.
    Unit cancelled(Carriage carriage, Moves moves) {
        var sheet = new Sheet().move(moves);
        sheet.changes.addAll(receipt(carriage, Content.failed(reason(moves)), null));
        return sheet.unit();
    }

    /// @param ids of all sends that are final now
    record Failure(Unit unit, Set<Long> ids) {}

    /// It will not arrive, and the later parts of the same interaction fail with it.
    ///
    /// @param plugin that answered; empty where none was asked
    Failure failed(
            Carriage carriage,
            Moves moves,
            List<Sent> sent,
            List<Entry.Tried> tried,
            String plugin) {
        var reason = reason(moves);
        var sheet = new Sheet().move(moves);
        bind(sheet, carriage, Segmented.of(journal, carriage, sent, Taken.BEGINNING), sent, null);
        sheet.changes.addAll(receipt(carriage, Content.failed(reason), null));
        var ids = new HashSet<Long>();
        ids.add(moves.after().id());
        var laterParts = laterParts(carriage.send());
        for (var later : laterParts) {
            var with = Moves.to(later, State.REJECTED, later.epoch(), null, withEarlier(reason));
            sheet.move(with);
            sheet.changes.addAll(
                    receipts.of(
                            carriage.interaction(),
                            carriage.stored(),
                            Carriage.part(later, carriage.interaction()),
                            Content.failed(reason(with)),
                            null));
            ids.add(later.id());
        }
        sheet.changes.add(
                new Change.AddDeadLetter(
                        Direction.OUTBOUND,
                        carriage.interaction().account(),
                        plugin,
                        carriage.interaction().type(),
                        reason,
                        carriage.interaction().id(),
                        OutboundDeadLetter.payload(carriage, moves.after(), tried, laterParts),
                        clock.instant()));
        return new Failure(sheet.unit(), Set.copyOf(ids));
    }

    private static Reason reason(Moves moves) {
        var reason = moves.after().reason();
        return reason == null ? Reason.of("failed", "") : reason;
    }

    private static Reason withEarlier(Reason reason) {
        return Reason.of(EARLIER_PART, "an earlier part failed: " + reason.code());
    }

    private List<Outbox.Send> laterParts(Outbox.Send failed) {
        return journal.outbox().of(failed.interaction()).stream()
                .filter(send -> send.id() > failed.id())
                .filter(send -> send.state() == State.QUEUED || send.state() == State.HELD)
                .toList();
    }

    private List<Change> receipt(
            Carriage carriage, Content.Receipt receipt, @Nullable String address) {
        return receipts.of(
                carriage.interaction(), carriage.stored(), carriage.part(), receipt, address);
    }

    /// Makes the provider's ids known, and takes along what waits for them; what waits for segments
    /// comes one by one afterwards, since what one means depends on the others.
    ///
    /// @param used the address that was really used, where it is another
    private void bind(
            Sheet sheet,
            Carriage carriage,
            Segmented segmented,
            List<Sent> sent,
            @Nullable String used) {
        var interaction = carriage.interaction();
        for (var one : sent) {
            var account = interaction.account();
            int part = carriage.part(one);
            sheet.changes.add(
                    new Change.BindReference(account, one.externalId(), interaction.id(), part));
            if (segmented.is(part)) {
                sheet.changes.add(new Change.AddSegment(interaction.id(), part, one.externalId()));
                continue;
            }
            var waiting = sheet.look ? waiting(carriage, one, used) : List.<Item>of();
            if (waiting.isEmpty()) {
                sheet.expects.add(new Expect.NothingParked(account, one.externalId()));
            }
            sheet.parked.addAll(waiting);
        }
    }

    private List<Item> waiting(Carriage carriage, Sent one, @Nullable String used) {
        return parked.take(
                carriage.interaction().account(),
                one.externalId(),
                carriage.interaction().id(),
                carriage.part(one),
                carriage.stored().id(),
                used);
    }

    /// What waits for one of the ids although they are known: it was parked between the reading and
    /// the commit that made them known, or the ids are segments. Empty where nothing does.
    Optional<Unit> stillParked(Carriage carriage, List<Sent> sent) {
        return sent.stream()
                .map(one -> waiting(carriage, one, null))
                .filter(items -> !items.isEmpty())
                .findFirst()
                .map(Unit::new);
    }

    /// An answer may come from the address really used: it is the same end. Where somebody is known
    /// under it already, that stays.
    private void bindAddress(Sheet sheet, Carriage carriage, String used) {
        var account = carriage.interaction().account();
        if (journal.directory().end(account, used).isEmpty()) {
            sheet.expects.add(new Expect.AddressFree(account, used));
            sheet.changes.add(
                    new Change.BindAddress(
                            account,
                            used,
                            carriage.stored().address(),
                            carriage.stored().customer()));
        }
    }
}
