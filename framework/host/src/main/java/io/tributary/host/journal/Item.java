package io.tributary.host.journal;

import io.tributary.model.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing to be stored: what it rests on and what it changes, in order.
///
/// @param once null where doubles are wanted or impossible
public record Item(@Nullable Once once, List<Expect> expects, List<Change> changes) {

    public Item {
        expects = List.copyOf(expects);
        changes = List.copyOf(changes);
    }

    /// The same key on the same account is the same thing, kept once.
    ///
    /// @param key any text; only a hash of it is stored
    public record Once(AccountId account, String key) {}
}
