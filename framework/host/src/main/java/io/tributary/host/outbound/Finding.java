package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import org.jspecify.annotations.Nullable;

/// Looks for the wire on which a send may go now.
final class Finding implements Work {

    private final Equipment equipment;
    private final OpenAccount account;
    private final Entry entry;
    private final long changes;

    /// @param changes how many changes of wires were told of before
    Finding(Equipment equipment, OpenAccount account, Entry entry, long changes) {
        this.equipment = equipment;
        this.account = account;
        this.entry = entry;
        this.changes = changes;
    }

    @Override
    public @Nullable Next run(Finish finish) throws InterruptedException {
        if (entry.waited()) {
            // another member may have sent it meanwhile
            var read = equipment.journal().outbox().byId(entry.send().id());
            if (read.isEmpty()) {
                return Next.Leave.one(entry.send());
            }
            if (read.get().state() != entry.send().state()) {
                return Next.as(read.get());
            }
        }
        var carriage = Carriage.of(entry.send(), equipment.journal());
        if (carriage.isEmpty()) {
            return new Lost(equipment, entry.send()).drop();
        }
        return switch (equipment.wires().find(account, carriage.get().ends().address())) {
            case Wires.Way.Open(var wire) -> {
                int most = wire.atOnce();
                yield new Next.Found(wire, most);
            }
            case Wires.Way.Closed(String waitsFor) -> {
                entry.waits();
                yield new Next.Waits(waitsFor, changes);
            }
        };
    }
}
