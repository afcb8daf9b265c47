package io.tributary.host.inbound;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Remembers about the last `most` entries that were used. Thread safe, without a lock on the way
/// of a reader.
///
/// Two generations: what is used moves into the young one; when that is full it becomes the old one
/// and the one before is forgotten. That is coarser than an exact order of use and costs a
/// fraction.
final class Recent<K, V> {

    private final int half;
    private final AtomicInteger added = new AtomicInteger();
    private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();

    Recent(int most) {
        this.half = Math.max(1, most / 2);
    }

    @Nullable V find(K key) {
        V value = young.get(key);
        if (value == null) {
            value = old.get(key);
            if (value != null) {
                put(key, value);
            }
        }
        return value;
    }

    void put(K key, V value) {
        if (young.put(key, value) == null && added.incrementAndGet() >= half) {
            turn();
        }
    }

    void remove(K key) {
        young.remove(key);
        old.remove(key);
    }

    void clear() {
        young.clear();
        old.clear();
    }

    private synchronized void turn() {
        if (added.get() >= half) {
            old = young;
            young = new ConcurrentHashMap<>();
            added.set(0);
        }
    }
}
