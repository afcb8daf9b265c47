package io.tributary.host.leaks;

import java.util.Arrays;

/// A set of ids, none of which is 0: a heap dump asks it a million times a second.
final class Ids {

    private long[] slots = new long[1 << 8];
    private int size;

    boolean add(long id) {
        if (2 * ++size > slots.length) {
            grow();
        }
        if (put(slots, id)) {
            return true;
        }
        size--;
        return false;
    }

    boolean holds(long id) {
        int mask = slots.length - 1;
        int at = spread(id) & mask;
        while (slots[at] != 0) {
            if (slots[at] == id) {
                return true;
            }
            at = (at + 1) & mask;
        }
        return false;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    long[] all() {
        return Arrays.stream(slots).filter(each -> each != 0).toArray();
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (long each : slots) {
            if (each != 0) {
                put(larger, each);
            }
        }
        slots = larger;
    }

    private static boolean put(long[] slots, long id) {
        int mask = slots.length - 1;
        int at = spread(id) & mask;
        while (slots[at] != 0) {
            if (slots[at] == id) {
                return false;
            }
            at = (at + 1) & mask;
        }
        slots[at] = id;
        return true;
    }

    private static int spread(long id) {
        long mixed = id * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
