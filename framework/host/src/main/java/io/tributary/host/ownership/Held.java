package io.tributary.host.ownership;

import io.tributary.host.accounts.SlotLeases.SlotLease;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Membership;
import java.util.List;

/// A slot that is, or was, this member's. Thread safe.
final class Held implements SlotLease {

    private final Membership.Slot slot;
    private final Tenancy tenancy;
    private volatile boolean asked;
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

    /// Whoever runs it is to leave.
    ///
    /// @return whether that is new
    boolean ask() {
        boolean before = asked;
        asked = true;
        return !before;
    }

    boolean asked() {
        return asked;
    }

    void lose() {
        gone = true;
    }

    @Override
    public long epoch() {
        return slot.epoch();
    }

    @Override
    public boolean held() {
        return !gone && tenancy.firm();
    }

    @Override
    public void giveBack() {
        if (!gone) {
            gone = true;
            tenancy.returned(this);
        }
    }

    @Override
    public List<Expect> expects() {
        return List.of(new Expect.SlotIs(slot.account(), slot.number(), slot.epoch()));
    }
}
