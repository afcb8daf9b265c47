package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Reason;
import java.time.Duration;

/// Takes up a send that was under way when its member stopped: nobody knows what came of it.
final class Recovery implements Work {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Equipment equipment;
    private final Entry entry;

    Recovery(Equipment equipment, Entry entry) {
        this.equipment = equipment;
        this.entry = entry;
    }

    /// Another member has it under way.
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
        if (!equipment.standing().mayTakeUp(entry.send())) {
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
