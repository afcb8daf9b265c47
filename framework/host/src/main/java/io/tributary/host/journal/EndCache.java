package io.tributary.host.journal;

import io.tributary.host.journal.Directory.End;
import io.tributary.model.AccountId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The other ends that were looked up or bound lately. Thread safe.
///
/// A reading may be older than the binding that was committed meanwhile: so a reader says how many
/// bindings there had been before it read, and what it read is kept only if there were no more.
final class EndCache {

    private final int capacity;
    private final Map<Address, End> ends = new ConcurrentHashMap<>();
    private final AtomicLong bindings = new AtomicLong();

    EndCache(int capacity) {
        this.capacity = capacity;
    }

    private record Address(AccountId account, String address) {}

    @Nullable End find(AccountId account, String address) {
        return ends.get(new Address(account, address));
    }

    long bindings() {
        return bindings.get();
    }

    /// Keeps what was read.
    ///
    /// @param since [#bindings] before the reading
    void read(AccountId account, String address, End end, long since) {
        makeRoom();
        ends.computeIfAbsent(
                new Address(account, address), _ -> bindings.get() == since ? end : null);
    }

    /// Keeps what was committed; on the writer's thread.
    void bound(AccountId account, String address, End end) {
        makeRoom();
        ends.compute(
                new Address(account, address),
                (_, _) -> {
                    bindings.incrementAndGet();
                    return end;
                });
    }

    /// Dropping all now and then is simple, and what is in use is back soon.
    private void makeRoom() {
        if (ends.size() >= capacity) {
            ends.clear();
        }
    }
}
