package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Outbox.State;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Reconciles;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out about a send of unknown outcome: a receipt may have come, the provider can be asked,
/// and in the end its time is over.
final class Inquiry implements Work {

    private final Equipment equipment;
    private final Entry entry;

    Inquiry(Equipment equipment, Entry entry) {
        this.equipment = equipment;
        this.entry = entry;
    }

    @Override
    public @Nullable Next run(Finish finish) throws InterruptedException {
        var read = equipment.journal().outbox().byId(entry.send().id());
        if (read.isEmpty()) {
            return Next.Leave.one(entry.send());
        }
        var send = read.get();
        var until = send.notBefore();
        if (send.state() != State.UNKNOWN || until == null) {
            return Next.as(send);
        }
        var found = Carriage.of(send, equipment.journal());
        if (found.isEmpty()) {
            return new Lost(equipment, send).drop();
        }
        var carriage = found.get();
        var reported = Reported.of(carriage, equipment.journal());
        if (reported.isPresent()) {
            return verdict(carriage, null).settled(reported.get());
        }
        var able = able(carriage);
        if (able.isPresent() && lookUpDue(until)) {
            lookUp(carriage, able.get(), until, finish);
            return null;
        }
        return undecided(carriage, until, able.isPresent());
    }

    private boolean lookUpDue(Instant until) {
        var now = equipment.now();
        var next = entry.nextLookUp();
        if (next == null) {
            // Never asked in this run: not at once, since the provider may need a moment to know.
            return !now.isBefore(until.minus(equipment.pace().unknown()).plus(firstLookUp()))
                    || !now.isBefore(until);
        }
        return !now.isBefore(next);
    }

    private Duration firstLookUp() {
        return equipment.pace().firstLookUp();
    }

    private record Able(OpenAccount account, Reconciles reconciles) {}

    /// Whoever can be asked: the account, or else who would send to the address now.
    private Optional<Able> able(Carriage carriage) {
        if (!(equipment.accounts().find(carriage.send().account())
                instanceof OpenAccounts.Found.Open(OpenAccount account))) {
            return Optional.empty();
        }
        if (account.ability(Sends.class).isPresent()) {
            return account.ability(Reconciles.class).map(ability -> new Able(account, ability));
        }
        return equipment.wires().find(account, carriage.ends().address())
                                instanceof Wires.Way.Open(var wire)
                        && wire.sends() instanceof Reconciles reconciles
                ? Optional.of(new Able(wire.account(), reconciles))
                : Optional.empty();
    }

    private void lookUp(Carriage carriage, Able able, Instant until, Finish finish)
            throws InterruptedException {
        var now = equipment.now();
        entry.lookedUp(now.plus(firstLookUp().multipliedBy(1L << Math.min(entry.lookUps(), 16))));
        var message =
                carriage.message(Math.max(1, carriage.send().attempt()), now, equipment.journal());
        var result = ask(able, message, () -> stuck(carriage, until, finish));
        finish.with(() -> judge(carriage, able.account(), result, until));
    }

    private @Nullable SendResult ask(Able able, OutboundMessage message, Runnable whenStuck)
            throws InterruptedException {
        try {
            return able.account()
                    .calls()
                    .call(
                            Calls.Kind.LOOK_UP,
                            able.account().id(),
                            () ->
                                    Purpose.of(Calls.Kind.LOOK_UP, message)
                                            .on(() -> able.reconciles().lookUp(message)),
                            whenStuck);
        } catch (PluginFailure _) {
            return null;
        }
    }

    private void stuck(Carriage carriage, Instant until, Finish finish) {
        Thread.startVirtualThread(() -> finish.with(() -> undecided(carriage, until, true)));
    }

    private Next judge(
            Carriage carriage, OpenAccount account, @Nullable SendResult result, Instant until)
            throws InterruptedException {
        return switch (result) {
            case null -> undecided(carriage, until, true);
            // The credentials failed, which says nothing about the message.
            case SendResult.AccountStopped _, SendResult.Unknown _ ->
                    undecided(carriage, until, true);
            case SendResult.Retry retry ->
                    verdict(carriage, account).of(retry, due(retry, carriage));
            case SendResult.Accepted accepted ->
                    verdict(carriage, account).of(accepted, equipment.now());
            case SendResult.Rejected rejected ->
                    verdict(carriage, account).of(rejected, equipment.now());
            case SendResult.RecipientGone gone ->
                    verdict(carriage, account).of(gone, equipment.now());
        };
    }

    private Instant due(SendResult.Retry retry, Carriage carriage) {
        int attempt = Math.max(1, carriage.send().attempt());
        return equipment.now().plus(equipment.lookUps().after(attempt, retry.after()));
    }

    /// Waits on, or gives up where the time is over.
    private Next undecided(Carriage carriage, Instant until, boolean mayAsk)
            throws InterruptedException {
        var now = equipment.now();
        if (!now.isBefore(until)) {
            return equipment.atLeastOnce().contains(carriage.send().account())
                    ? verdict(carriage, null).sentAgain()
                    : verdict(carriage, null).givenUp();
        }
        var next = entry.nextLookUp();
        if (!mayAsk) {
            return new Next.NotNow(until);
        }
        var ask = next == null ? until.minus(equipment.pace().unknown()).plus(firstLookUp()) : next;
        return new Next.NotNow(ask.isBefore(until) ? ask : until);
    }

    private Verdict verdict(Carriage carriage, @Nullable OpenAccount account) {
        return new Verdict(equipment, entry, carriage, account);
    }
}
