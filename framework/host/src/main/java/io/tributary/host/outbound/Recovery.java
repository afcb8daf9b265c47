package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Reason;

/// Takes up a send that was under way when the member stopped: nobody knows what came of it.
final class Recovery implements Work {

    private final Equipment equipment;
    private final Entry entry;

    Recovery(Equipment equipment, Entry entry) {
        this.equipment = equipment;
        this.entry = entry;
    }

    @Override
    public Next run(Finish finish) throws InterruptedException {
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
