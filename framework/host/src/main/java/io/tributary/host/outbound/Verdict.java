package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.host.journal.Unit;
import io.tributary.host.outbound.Outcomes.Result;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Reason;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes down what a channel answered about one send, and says how it goes on. What happened is
/// committed until the journal takes it; the provider is never called again to find out.
final class Verdict {

    private final Equipment equipment;
    private final Entry entry;
    private final Carriage carriage;
    private final @Nullable OpenAccount account;

    /// @param carriage of the send as it is in the journal now
    /// @param account whose channel answered; null where none was asked
    Verdict(Equipment equipment, Entry entry, Carriage carriage, @Nullable OpenAccount account) {
        this.equipment = equipment;
        this.entry = entry;
        this.carriage = carriage;
        this.account = account;
    }

    /// @param due when a retry may be made
    Next of(SendResult result, Instant due) throws InterruptedException {
        return switch (result) {
            case SendResult.Accepted accepted -> accepted(accepted);
            case SendResult.Retry retry -> retry(retry, due);
            case SendResult.Rejected rejected -> {
                tried(rejected.reason());
                yield failed(State.REJECTED, rejected.sent(), rejected.reason());
            }
            case SendResult.RecipientGone gone -> {
                tried(gone.reason());
                equipment
                        .gone()
                        .add(
                                send().account(),
                                carriage.ends().address(),
                                carriage.stored().customer(),
                                gone.reason());
                yield failed(State.REJECTED, gone.sent(), gone.reason());
            }
            case SendResult.AccountStopped stopped -> stopped(stopped);
            case SendResult.Unknown unknown -> unknown(unknown.sent(), unknown.reason());
        };
    }

    private Next accepted(SendResult.Accepted result) throws InterruptedException {
        var moves = to(State.ACCEPTED, null, null);
        // what overtook the answer is rare: the commit tells whether there is any
        var looks = new AtomicBoolean();
        return committed(
                () ->
                        equipment
                                .settlement()
                                .accepted(carriage, moves, result, looks.getAndSet(true)),
                result.sent(),
                Result.ACCEPTED,
                new Next.Leave(Set.of(send().id()), true),
                anew -> anew.accepted(result));
    }

    /// How it is judged as the journal has it by now.
    private interface Anew {
        Next judged(Verdict verdict) throws InterruptedException;
    }

    /// Another member took it up as of unknown outcome while the answer was on its way to this one,
    /// which stood still perhaps: what is known settles that.
    ///
    /// @return null: somebody else has settled it
    private @Nullable Verdict givenUpElsewhere() throws InterruptedException {
        return equipment
                .ledger()
                .read(() -> equipment.journal().outbox().byId(send().id()))
                .filter(row -> row.state() == State.UNKNOWN)
                .filter(row -> row.attempt() == send().attempt() && !row.equals(send()))
                .map(row -> new Verdict(equipment, entry, carriage.with(row), account))
                .orElse(null);
    }

    private Next retry(SendResult.Retry result, Instant due) throws InterruptedException {
        tried(result.reason());
        if (!due.isBefore(send().expiresAt())) {
            return failed(State.EXPIRED, result.sent(), Expiry.reason(result.reason()));
        }
        var moves = to(State.QUEUED, due, result.reason());
        return committed(
                () -> equipment.settlement().pending(carriage, moves, result.sent()),
                result.sent(),
                Result.RETRIED,
                new Next.Keep(moves.after()),
                anew -> anew.told() ? anew.again() : anew.retry(result, due));
    }

    private Next stopped(SendResult.AccountStopped result) throws InterruptedException {
        tried(result.reason());
        var moves = to(State.HELD, null, result.reason());
        var next =
                account == null
                        ? new Next.Keep(moves.after())
                        : new Next.Stopped(moves.after(), result.reason(), account);
        return committed(
                () -> equipment.settlement().pending(carriage, moves, result.sent()),
                result.sent(),
                Result.HELD,
                next,
                anew -> anew.told() ? anew.again() : anew.stopped(result));
    }

    Next unknown(List<Sent> sent, Reason reason) throws InterruptedException {
        tried(reason);
        var moves = to(State.UNKNOWN, equipment.now().plus(equipment.pace().unknown()), reason);
        return committed(
                () -> equipment.settlement().pending(carriage, moves, sent),
                sent,
                Result.UNKNOWN,
                new Next.Keep(moves.after()));
    }

    /// What goes out once more has not failed for sure: an earlier attempt may have arrived.
    ///
    /// @param state REJECTED or EXPIRED
    Next failed(State state, List<Sent> sent, Reason reason) throws InterruptedException {
        if (SentAgain.marks(send().reason())) {
            return doubtful(sent, reason);
        }
        var moves = to(state, null, reason);
        var plugin = account == null ? "" : account.plugin().toString();
        var ids = new AtomicReference<>(Set.of(send().id()));
        boolean moved =
                surely(
                        () -> {
                            var failure =
                                    equipment
                                            .settlement()
                                            .failed(carriage, moves, sent, entry.tried(), plugin);
                            ids.set(failure.ids());
                            return failure.unit();
                        },
                        sent);
        if (!moved) {
            var anew = givenUpElsewhere();
            return anew == null ? again() : anew.failed(state, sent, reason);
        }
        count(state == State.EXPIRED ? Result.EXPIRED : Result.REJECTED);
        return new Next.Leave(ids.get(), false);
    }

    /// It is not wanted any more, and the provider was not called.
    Next cancelled(Reason reason) throws InterruptedException {
        if (SentAgain.marks(send().reason())) {
            return doubtful(List.of(), reason);
        }
        var moves = to(State.REJECTED, null, reason);
        return committed(
                () -> equipment.settlement().cancelled(carriage, moves),
                List.of(),
                Result.CANCELLED,
                Next.Leave.one(send()));
    }

    /// A receipt has said what became of it.
    Next settled(Outbox.Delivery delivery) throws InterruptedException {
        boolean failed = delivery.status() == Status.FAILED;
        var moves =
                failed
                        ? to(State.REJECTED, null, delivery.reason())
                        : to(State.ACCEPTED, null, null);
        return committed(
                () -> Settlement.moved(moves), List.of(), Result.SETTLED, Next.Leave.one(send()));
    }

    /// Its time to be settled is over: the conversation goes on and says so.
    Next givenUp() throws InterruptedException {
        return givenUp(List.of(), send().reason());
    }

    private Next givenUp(List<Sent> sent, @Nullable Reason reason) throws InterruptedException {
        var moves = to(State.UNKNOWN, null, reason);
        return committed(
                () -> equipment.settlement().givenUp(carriage, moves, sent),
                sent,
                Result.GIVEN_UP,
                Next.Leave.one(send()));
    }

    /// The last attempt came to nothing: what is known of the earlier ones counts.
    private Next doubtful(List<Sent> sent, Reason last) throws InterruptedException {
        var reported = equipment.ledger().read(() -> Reported.of(carriage, equipment.journal()));
        return reported.isPresent() ? settled(reported.get()) : givenUp(sent, last);
    }

    /// Its time to be settled is over, and its account would rather have it twice than not at all.
    /// What would go out too late is given up like any other: it may have arrived.
    Next sentAgain() throws InterruptedException {
        var again = SendResult.retry(SentAgain.CODE, SentAgain.TEXT);
        int attempt = Math.max(1, send().attempt());
        var due = equipment.now().plus(equipment.lookUps().after(attempt, again.after()));
        return due.isBefore(send().expiresAt()) ? retry(again, due) : givenUp();
    }

    private Next committed(Supplier<Unit> unit, List<Sent> sent, Result result, Next next)
            throws InterruptedException {
        return committed(unit, sent, result, next, Verdict::again);
    }

    private Next committed(
            Supplier<Unit> unit, List<Sent> sent, Result result, Next next, Anew otherwise)
            throws InterruptedException {
        if (!surely(unit, sent)) {
            var anew = givenUpElsewhere();
            return anew == null ? again() : otherwise.judged(anew);
        }
        count(result);
        return next;
    }

    /// Whether the conversation was told that nobody knows, and went on.
    private boolean told() {
        return send().state() == State.UNKNOWN && send().notBefore() == null;
    }

    private boolean surely(Supplier<Unit> unit, List<Sent> sent) throws InterruptedException {
        var last = new AtomicReference<Unit>();
        boolean moved =
                equipment
                        .ledger()
                        .surely(
                                send().id(),
                                () -> {
                                    var built = unit.get();
                                    last.set(built);
                                    return built;
                                });
        var committed = last.get();
        if (moved && committed != null && mayLeaveSome(committed)) {
            takeAlongTheRest(sent);
        }
        return moved;
    }

    private static boolean mayLeaveSome(Unit committed) {
        return committed.items().size() > 1
                || committed.items().getFirst().changes().stream()
                        .anyMatch(change -> change instanceof Change.AddSegment);
    }

    /// What was taken along had to be read before; more may have been parked until the commit.
    private void takeAlongTheRest(List<Sent> sent) throws InterruptedException {
        var settlement = equipment.settlement();
        for (var rest = settlement.stillParked(carriage, sent);
                rest.isPresent();
                rest = settlement.stillParked(carriage, sent)) {
            equipment.ledger().once(rest.get());
        }
    }

    /// Somebody else moved it: take it as the journal has it.
    private Next again() {
        return again(equipment, send());
    }

    static Next again(Equipment equipment, Outbox.Send send) {
        return equipment
                .journal()
                .outbox()
                .byId(send.id())
                .map(Next::as)
                .orElseGet(() -> Next.Leave.one(send));
    }

    private static Next stale(Equipment equipment, Outbox.Send send, Expect failed) {
        // who has the slot by now goes on with it; this member's own dispatcher ends soon
        return failed instanceof Expect.SlotIs || failed instanceof Expect.DeviceIs
                ? new Next.NotNow(equipment.now().plus(equipment.pace().poll()))
                : again(equipment, send);
    }

    /// A step that commits once and leaves the send as it is where the journal does not take it.
    ///
    /// @return null: done; otherwise how it goes on instead
    static @Nullable Next onceOrElse(Equipment equipment, Outbox.Send send, Unit unit)
            throws InterruptedException {
        try {
            return equipment
                    .ledger()
                    .once(unit)
                    .map(failed -> stale(equipment, send, failed))
                    .orElse(null);
        } catch (JournalUnavailable _) {
            return new Next.NotNow(equipment.now().plus(equipment.pace().journal()));
        }
    }

    private Moves to(State state, @Nullable Instant notBefore, @Nullable Reason reason) {
        return Moves.to(send(), state, equipment.epoch(), notBefore, reason);
    }

    private Outbox.Send send() {
        return carriage.send();
    }

    private void tried(Reason reason) {
        entry.tried(send().attempt(), equipment.now(), reason);
    }

    private void count(Result result) {
        equipment.outcomes().count(send().account(), result);
    }
}
