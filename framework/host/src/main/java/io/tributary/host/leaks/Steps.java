package io.tributary.host.leaks;

/// From which object one goes on to which, and how far each is from the end of the way. Objects are
/// told by their ids, none of which is 0; a heap dump asks a million times a second.
///
/// Nothing but numbers, seventeen bytes for each of twice as many places: what many objects refer
/// to must not fill the memory of the member that is to be helped.
final class Steps {

    private long[] froms = new long[1 << 8];
    private long[] tos = new long[froms.length];
    private byte[] levels = new byte[froms.length];
    private int size;

    /// Notes a step from an object that has none yet.
    ///
    /// @param level how far it is from the end, 1 at the end itself
    void add(long from, long to, int level) {
        if (2 * ++size > froms.length) {
            grow();
        }
        put(from, to, (byte) level);
    }

    /// How far an object is from the end; 0: it leads nowhere.
    int level(long id) {
        return levels[place(id)];
    }

    /// Where one goes on to; 0: it leads nowhere, or is the end.
    long to(long id) {
        return tos[place(id)];
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] olderFroms = froms;
        long[] olderTos = tos;
        byte[] olderLevels = levels;
        froms = new long[2 * olderFroms.length];
        tos = new long[froms.length];
        levels = new byte[froms.length];
        for (int i = 0; i < olderFroms.length; i++) {
            if (olderFroms[i] != 0) {
                put(olderFroms[i], olderTos[i], olderLevels[i]);
            }
        }
    }

    private void put(long from, long to, byte level) {
        int place = place(from);
        froms[place] = from;
        tos[place] = to;
        levels[place] = level;
    }

    /// Where an id is, or else would be.
    private int place(long id) {
        int mask = froms.length - 1;
        int at = (int) ((id * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (froms[at] != 0 && froms[at] != id) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
