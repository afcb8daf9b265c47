package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Reason;
import java.time.Duration;

/// Takes up a send that was under way when its member stopped: nobody knows what came of it.
final class Recovery implements Work {

    /// Longer than any call of a channel takes: a member that lives may have been unable to write
    /// down the end.
    private static final Duration AT_MOST = Duration.ofSeconds(75);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Equipment equipment;
    private final Entry entry;

    Recovery(Equipment equipment, Entry entry) {
        this.equipment = equipment;
        this.entry = entry;
    }

    /// It is under way still, here or with another member.
    private Next elsewhere() {
        var read = equipment.journal().outbox().byId(entry.send().id());
        if (read.isEmpty()) {
            return Next.Leave.one(entry.send());
        }
        var send = read.get();
        return send.state() == State.SENDING
                ? new Next.NotNow(equipment.now().plus(LOOK_AGAIN))
                : Next.as(send);
    }

    @Override
    public Next run(Finish finish) throws InterruptedException {
        if (equipment.underWay().contains(entry.send().id())
                || (!equipment.standing().mayTakeUp(entry.send())
                        && !entry.isOverdue(equipment.now(), AT_MOST))) {
            return elsewhere();
        }
        var reason = Reason.of("interrupted", "the member stopped while it was being sent");
        var moves =
                Moves.to(
                        entry.send(),
                        State.UNKNOWN,
                        equipment.epoch(),
                        equipment.now().plus(equipment.pace().unknown()),
                        reason);
        entry.tried(entry.send().attempt(), equipment.now(), reason);
        var instead = Verdict.onceOrElse(equipment, entry.send(), Settlement.moved(moves));
        return instead == null ? new Next.Keep(moves.after()) : instead;
    }
}
