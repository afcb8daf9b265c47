package io.tributary.host.outbound;

import io.tributary.host.accounts.SlotLeases;
import io.tributary.host.accounts.SlotLeases.SlotLease;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Outbox;
import java.util.List;

/// In what right this member sends for an account. Thread safe.
interface Standing {

    /// Whether it may begin a send now.
    boolean holds();

    /// What has to be so still when a send begins.
    List<Expect> expects();

    /// Whether a send that is under way by the log is this member's to bring to an end. May block
    /// on the journal.
    boolean mayTakeUp(Outbox.Send underWay);

    /// Whether all that the account sends goes through this member, and through the account itself.
    boolean sendsAll();

    /// It runs the account's slot: what was under way before is its own to settle, but for what a
    /// member that lives has not brought to its end yet.
    record OfSlot(SlotLease lease, SlotLeases leases) implements Standing {

        @Override
        public boolean holds() {
            return lease.held();
        }

        @Override
        public List<Expect> expects() {
            return lease.expects();
        }

        @Override
        public boolean mayTakeUp(Outbox.Send underWay) {
            return !leases.runsElsewhere(underWay.epoch());
        }

        @Override
        public boolean sendsAll() {
            return true;
        }
    }

    /// It sends on what wires of the account end here, as other members do on theirs; each send
    /// begins on one of them.
    record OfWires(SlotLeases leases) implements Standing {

        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public List<Expect> expects() {
            return List.of();
        }

        @Override
        public boolean mayTakeUp(Outbox.Send underWay) {
            return !leases.runsElsewhere(underWay.epoch());
        }

        @Override
        public boolean sendsAll() {
            return false;
        }
    }
}
