package io.tributary.host.ownership;

import io.tributary.host.accounts.SlotLeases.SlotLease;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Membership;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A slot that is, or was, this member's. It is given back when it is asked for and nobody runs
/// anything of it. Thread safe.
final class Held {

    private final Membership.Slot slot;
    private final Tenancy tenancy;
    private int takers;
    private boolean asked;
    private volatile boolean gone;

    /// What all slots of a member rest on.
    interface Tenancy {

        /// Whether the member's time is not over.
        boolean firm();

        void returned(Held held);
    }

    Held(Membership.Slot slot, Tenancy tenancy) {
        this.slot = slot;
        this.tenancy = tenancy;
    }

    Membership.Slot slot() {
        return slot;
    }

    /// Empty: it is not to be run any more.
    synchronized Optional<SlotLease> take() {
        if (!runs()) {
            return Optional.empty();
        }
        takers++;
        return Optional.of(new Taken());
    }

    synchronized boolean runs() {
        return !asked && held();
    }

    boolean held() {
        return !gone && tenancy.firm();
    }

    /// Whoever runs it is to leave.
    ///
    /// @return whether that is new
    synchronized boolean ask() {
        boolean before = asked;
        asked = true;
        returnUnused();
        return !before;
    }

    private synchronized void left() {
        takers--;
        returnUnused();
    }

    private void returnUnused() {
        if (asked && takers == 0 && !gone) {
            gone = true;
            tenancy.returned(this);
        }
    }

    synchronized void lose() {
        gone = true;
    }

    /// As one of those that run it has it.
    private final class Taken implements SlotLease {

        private final AtomicBoolean left = new AtomicBoolean();

        @Override
        public long epoch() {
            return slot.epoch();
        }

        @Override
        public boolean held() {
            return Held.this.held();
        }

        @Override
        public List<Expect> expects() {
            return List.of(new Expect.SlotIs(slot.account(), slot.number(), slot.epoch()));
        }

        @Override
        public void giveBack() {
            if (left.compareAndSet(false, true)) {
                left();
            }
        }
    }
}
