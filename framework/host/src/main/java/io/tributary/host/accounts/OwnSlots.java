package io.tributary.host.accounts;

import io.tributary.host.journal.Expect;
import io.tributary.model.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// The leases of a member that is alone: every slot is its own, for as long as it runs.
public final class OwnSlots implements SlotLeases {

    private final SlotLease lease;

    /// @param epoch of this run of the member
    public OwnSlots(long epoch) {
        this.lease = new Own(epoch);
    }

    @Override
    public Optional<SlotLease> take(AccountId account, int slot) {
        return Optional.of(lease);
    }

    @Override
    public OptionalLong epoch(AccountId account, int slot) {
        return OptionalLong.of(lease.epoch());
    }

    /// There is nobody else.
    @Override
    public boolean runsElsewhere(long run) {
        return false;
    }

    /// Nothing ever changes.
    @Override
    public void whenChanged(Consumer<AccountId> listener) {}

    private record Own(long epoch) implements SlotLease {

        @Override
        public boolean held() {
            return true;
        }

        @Override
        public List<Expect> expects() {
            return List.of();
        }

        @Override
        public void giveBack() {}
    }
}
