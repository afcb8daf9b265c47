package io.tributary.host.accounts;

import io.tributary.host.journal.Expect;
import io.tributary.model.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Which slots of accounts this member runs. Thread safe; finding is cheap.
public interface SlotLeases {

    /// Takes the lease under which this member is to run the slot now, to be given back by whoever
    /// took it; several may. Empty where another member has it, or is to have it.
    Optional<SlotLease> take(AccountId account, int slot);

    /// The epoch under which this member is to run the slot now. Empty: whoever runs it here
    /// leaves, and gives his lease back.
    OptionalLong epoch(AccountId account, int slot);

    /// Whether the run of a member that an epoch in the outbox names is another one's that lives:
    /// what it has under way it will bring to its end. May block on the journal.
    boolean runsElsewhere(long run);

    /// Tells `listener` of each account of which a lease was won, is to be given back or was lost,
    /// after it was. It must be short.
    void whenChanged(Consumer<AccountId> listener);

    /// The right to run one slot, which one member at a time has.
    interface SlotLease {

        /// Grows with each owner; what the slot writes carries it.
        long epoch();

        /// False: it was lost, and another member may run the slot by now.
        boolean held();

        /// What has to be so where something is written for the slot: whoever lost it without
        /// knowing is refused then.
        List<Expect> expects();

        /// Whoever took it runs nothing of the slot any more. May be called again.
        void giveBack();
    }
}
