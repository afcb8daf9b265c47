package io.tributary.host.accounts;

import io.tributary.model.AccountId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// One change of an account after the other; those of different accounts go side by side.
final class AccountTurns {

    private final Map<AccountId, ReentrantLock> locks = new ConcurrentHashMap<>();

    /// A change of one account.
    @FunctionalInterface
    interface Turn<T> {

        T take() throws InterruptedException;
    }

    <T> T of(AccountId id, Turn<T> turn) throws InterruptedException {
        var lock = locks.computeIfAbsent(id, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return turn.take();
        } finally {
            lock.unlock();
        }
    }
}
