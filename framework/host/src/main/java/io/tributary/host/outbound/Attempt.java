package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.Wire;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Outbox.State;
import io.tributary.spi.Capabilities;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt at one send, on a virtual thread of its own: asks whether it may go now, commits
/// SENDING, calls the channel, commits what came of it.
final class Attempt implements Work {

    private static final Duration CAPABILITIES_PAUSE = Duration.ofSeconds(5);
    private static final Duration LOST_PAUSE = Duration.ofSeconds(1);

    private final Equipment equipment;
    private final Throttle throttle;
    private final Wire wire;
    private final Places.Place place;
    private final OpenAccount account;
    private final Lane lane;
    private final Entry entry;
    private final Throttle.Coming coming;

    /// The throttle is told that it comes: it has to run, or to be dropped.
    Attempt(
            Equipment equipment,
            Throttle throttle,
            Wire wire,
            Places.Place place,
            Lane lane,
            Entry entry) {
        this.equipment = equipment;
        this.throttle = throttle;
        this.wire = wire;
        this.place = place;
        this.account = wire.account();
        this.lane = lane;
        this.entry = entry;
        this.coming = throttle.comes(lane.priority());
    }

    /// It does not run.
    void drop() {
        throttle.came(coming);
        place.leave();
    }

    @Override
    public @Nullable Next run(Finish finish) throws InterruptedException {
        try {
            return attempted(finish);
        } finally {
            throttle.came(coming);
        }
    }

    private @Nullable Next attempted(Finish finish) throws InterruptedException {
        var send = entry.send();
        var found = Carriage.of(send, equipment.journal());
        if (found.isEmpty()) {
            return new Lost(equipment, send).drop();
        }
        var carriage = found.get();
        var reported = Reported.ofEarlier(carriage, equipment.journal());
        if (reported.isPresent()) {
            return verdict(carriage).settled(reported.get());
        }
        var hindrances = new Hindrances(equipment, account, carriage);
        var against = hindrances.ofCustomer();
        if (against != null) {
            return verdict(carriage).failed(State.REJECTED, List.of(), against);
        }
        var instead = Instead.of(carriage, equipment.journal());
        var needless = instead.against(equipment.journal());
        if (needless != null) {
            return verdict(carriage).cancelled(needless);
        }
        Capabilities capabilities;
        try {
            capabilities = account.capabilities(carriage.conversation());
        } catch (PluginFailure _) {
            return new Next.NotNow(equipment.now().plus(CAPABILITIES_PAUSE));
        }
        var closed = hindrances.ofWindow(capabilities);
        if (closed != null) {
            return verdict(carriage).failed(State.REJECTED, List.of(), closed);
        }
        var manner =
                new Lane.Manner(
                        carriage.ends(),
                        capabilities.rates(),
                        Cost.of(carriage.parts(), capabilities.rates(), account),
                        wire.share());
        lane.manner(manner);
        var answer = throttle.ask(manner, coming, equipment.now());
        var permit = answer.permit();
        return permit == null
                ? new Next.NotNow(answer.until())
                : permitted(new Asked(carriage, hindrances, instead, manner), permit, finish);
    }

    /// What was found when it was asked whether it may go.
    private record Asked(
            Carriage carriage, Hindrances hindrances, Instead instead, Lane.Manner manner) {}

    private @Nullable Next permitted(Asked asked, Throttle.Permit permit, Finish finish)
            throws InterruptedException {
        var carriage = asked.carriage();
        var ride = wire.enter();
        if (ride == null) {
            throttle.unused(permit);
            return new Next.NotNow(equipment.now());
        }
        boolean handedOver = false;
        try {
            var moves = Moves.sending(carriage.send(), equipment.epoch(), equipment.now());
            var message =
                    carriage.message(moves.after().attempt(), equipment.now(), equipment.journal());
            var right = new ArrayList<>(equipment.standing().expects());
            right.addAll(wire.expects());
            right.addAll(asked.instead().expects());
            right.addAll(Reported.notYet(carriage, equipment.journal()));
            var unit = Settlement.moved(moves, right);
            var send = carriage.send();
            equipment.underWay().add(send.id());
            var otherwise = Verdict.onceOrElse(equipment, send, unit);
            if (otherwise != null) {
                return otherwise;
            }
            if (!place.call() || !stillMay(asked, permit)) {
                place.called();
                return takenBack(moves);
            }
            handedOver = true;
            var sending = carriage.with(moves.after());
            call(message, permit, ride, result -> judge(sending, result, permit, finish));
            return null;
        } finally {
            if (!handedOver) {
                equipment.underWay().remove(carriage.send().id());
                throttle.unused(permit);
                ride.close();
            }
        }
    }

    /// All of it may have changed while that was written down, and while it waited for its place.
    private boolean stillMay(Asked asked, Throttle.Permit permit) throws InterruptedException {
        return !asked.hindrances().cameUp(asked.instead())
                && holds()
                && throttle.stands(permit, asked.manner().ends(), equipment.now());
    }

    /// Whether it is still this member's to send.
    private boolean holds() {
        return equipment.standing().holds() && wire.holds();
    }

    /// Nothing went out: whoever has the slot by now is to know that, and nobody is to take it for
    /// one of unknown outcome. What stands against it now is found in the next attempt.
    private Next takenBack(Moves begun) throws InterruptedException {
        var back = begun.back();
        boolean told = equipment.ledger().surely(back.after().id(), () -> Settlement.moved(back));
        return told && holds()
                ? new Next.Keep(back.after())
                : new Next.NotNow(equipment.now().plus(LOST_PAUSE));
    }

    /// From here on the provider may have it. The first answer counts: a call that is given up as
    /// stuck may return later.
    private void call(
            OutboundMessage message,
            Throttle.Permit permit,
            Wire.Ride ride,
            Consumer<SendResult> judge) {
        var stuck = SendResult.unknown("stuck", "the channel did not come back");
        var result =
                ask(
                        message,
                        permit,
                        () -> {
                            ride.close();
                            Thread.startVirtualThread(() -> judge.accept(stuck));
                        });
        ride.close();
        judge.accept(result);
    }

    /// The rates count it from when it has its place among the plugin's calls.
    private SendResult ask(OutboundMessage message, Throttle.Permit permit, Runnable whenStuck) {
        var begun = new AtomicBoolean();
        try {
            @Nullable SendResult result =
                    account.calls()
                            .call(
                                    Calls.Kind.SEND,
                                    account.id(),
                                    () -> {
                                        begun.set(true);
                                        throttle.begins(permit, equipment.now());
                                        return Purpose.of(Calls.Kind.SEND, message)
                                                .on(() -> wire.sends().send(message));
                                    },
                                    whenStuck);
            return result == null
                    ? SendResult.unknown("no-result", "the channel returned no result")
                    : result;
        } catch (PluginFailure failure) {
            return begun.get()
                    ? SendResult.unknown(
                            "channel-failed",
                            "the channel failed while sending (" + failure.why() + ")")
                    : SendResult.retry("channel-closed", "the channel took no call");
        } catch (InterruptedException _) {
            return begun.get()
                    ? SendResult.unknown("interrupted", "the send was interrupted")
                    : SendResult.retry("channel-closed", "the channel took no call");
        }
    }

    private void judge(
            Carriage carriage, SendResult result, Throttle.Permit permit, Finish finish) {
        finish.with(() -> {
            try {
                // first: whoever is let in by this place is to know it
                var due = feedBack(carriage, result, permit);
                place.called();
                return verdict(carriage).of(result, due);
            } finally {
                equipment.underWay().remove(carriage.send().id());
            }
        });
    }

    /// Tells the throttle at once, so that nothing else goes out while the result is committed.
    private Instant feedBack(Carriage carriage, SendResult result, Throttle.Permit permit) {
        var now = equipment.now();
        switch (result) {
            case SendResult.Accepted _, SendResult.Rejected _, SendResult.RecipientGone _ ->
                    throttle.passed(permit);
            case SendResult.AccountStopped _ -> throttle.stopped(permit, now);
            case SendResult.Unknown _ -> throttle.troubled(permit, now);
            case SendResult.Retry retry -> {
                return throttle.delay(
                        permit,
                        retry.scope(),
                        carriage.ends(),
                        carriage.send().attempt(),
                        retry.after(),
                        now);
            }
        }
        return now;
    }

    private Verdict verdict(Carriage carriage) {
        return new Verdict(equipment, entry, carriage, account);
    }
}
