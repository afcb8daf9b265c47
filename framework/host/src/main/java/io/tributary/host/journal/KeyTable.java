package io.tributary.host.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/// Ids by hash, in plain arrays: a hundred thousand small objects that live for some seconds are
/// what makes a collection of garbage long.
///
/// One thread writes; [#find] is for any thread. A key that was put is found by whoever asks
/// afterwards; what is removed leaves a gap that is only filled anew in the next table.
final class KeyTable {

    private static final VarHandle IDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LEAST = 64;
    private static final long GONE = -1;

    private volatile Slots slots;
    private int used;
    private int size;

    /// @param expected so many keys find room without the table being made anew
    KeyTable(int expected) {
        this.slots = new Slots(Math.max(LEAST, Integer.highestOneBit(Math.max(1, expected)) * 2));
    }

    /// An id of 0 marks a free slot; it is written last and read first.
    private static final class Slots {
        private final long[] high;
        private final long[] low;
        private final long[] ids;

        Slots(int length) {
            this.high = new long[length];
            this.low = new long[length];
            this.ids = new long[length];
        }

        int length() {
            return ids.length;
        }

        /// The slot of a hash, or the free one where it would go.
        int slot(long highBits, long lowBits) {
            int mask = ids.length - 1;
            int at = (int) lowBits & mask;
            while ((long) IDS.getAcquire(ids, at) != 0
                    && (high[at] != highBits || low[at] != lowBits)) {
                at = at + 1 & mask;
            }
            return at;
        }

        void set(int at, long highBits, long lowBits, long id) {
            high[at] = highBits;
            low[at] = lowBits;
            IDS.setRelease(ids, at, id);
        }
    }

    int size() {
        return size;
    }

    /// The id of a hash; 0: it is not here.
    long find(Hash hash) {
        Slots now = slots;
        long id = (long) IDS.getAcquire(now.ids, now.slot(hash.high(), hash.low()));
        return id == GONE ? 0 : id;
    }

    /// Keeps the id of a hash that has none yet; the first one stays.
    ///
    /// @param id greater than 0
    void putIfAbsent(Hash hash, long id) {
        if (used * 4L >= slots.length() * 3L) {
            rebuild();
        }
        int at = slots.slot(hash.high(), hash.low());
        long before = slots.ids[at];
        if (before > 0) {
            return;
        }
        used += before == 0 ? 1 : 0;
        size++;
        slots.set(at, hash.high(), hash.low(), id);
    }

    void remove(Hash hash) {
        int at = slots.slot(hash.high(), hash.low());
        if (slots.ids[at] > 0) {
            IDS.setRelease(slots.ids, at, GONE);
            size--;
        }
    }

    private void rebuild() {
        Slots full = slots;
        var next = new Slots(size * 2 > full.length() ? full.length() * 2 : full.length());
        for (int at = 0; at < full.length(); at++) {
            if (full.ids[at] > 0) {
                int to = next.slot(full.high[at], full.low[at]);
                next.set(to, full.high[at], full.low[at], full.ids[at]);
            }
        }
        used = size;
        slots = next;
    }

    /// All that is here, in the order of the hashes.
    List<Entry> sorted() {
        Slots now = slots;
        int[] order = order(now);
        int count = order.length;
        var high = new long[count];
        var low = new long[count];
        var ids = new long[count];
        for (int i = 0; i < count; i++) {
            high[i] = now.high[order[i]];
            low[i] = now.low[order[i]];
            ids[i] = now.ids[order[i]];
        }
        return new Sorted(high, low, ids);
    }

    /// Slots in the order of their hashes. The leading bits of a hash and the number of its slot
    /// are sorted as one number; few have so many bits in common that these do not decide.
    private int[] order(Slots now) {
        int bits = Integer.numberOfTrailingZeros(now.length());
        var keys = new long[size];
        int count = 0;
        for (int at = 0; at < now.length(); at++) {
            if (now.ids[at] > 0) {
                // unsigned order by signed numbers: the first bit is turned over
                keys[count++] = ((now.high[at] ^ Long.MIN_VALUE) >> bits) << bits | at;
            }
        }
        Arrays.sort(keys);
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            int slot = (int) (keys[i] & now.length() - 1);
            int to = i;
            while (to > 0 && before(now, slot, order[to - 1])) {
                order[to] = order[to - 1];
                to--;
            }
            order[to] = slot;
        }
        return order;
    }

    private static boolean before(Slots now, int slot, int other) {
        int first = Long.compareUnsigned(now.high[slot], now.high[other]);
        return first != 0 ? first < 0 : Long.compareUnsigned(now.low[slot], now.low[other]) < 0;
    }

    /// A hash and its id.
    record Entry(Hash hash, long id) {}

    /// Entries are made when they are asked for.
    private static final class Sorted extends AbstractList<Entry> implements RandomAccess {
        private final long[] high;
        private final long[] low;
        private final long[] ids;

        Sorted(long[] high, long[] low, long[] ids) {
            this.high = high;
            this.low = low;
            this.ids = ids;
        }

        @Override
        public Entry get(int index) {
            return new Entry(new Hash(high[index], low[index]), ids[index]);
        }

        @Override
        public int size() {
            return ids.length;
        }
    }
}
