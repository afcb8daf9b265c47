package io.tributary.host.guard;

import java.util.concurrent.TimeUnit;

/// Lets so many lines through: a number at once, and some more with each second. Counts the others,
/// so that one line can tell of all of them, and knows a flood. Thread safe.
final class LineRate {

    /// So many dropped ones within about a second are no talkative plugin any more.
    static final int FLOOD = 5_000;

    private static final int BURST = 1_000;
    private static final int PER_SECOND = 100;

    private double room = BURST;
    private long filled;
    private long dropped;
    private long told;
    private int floods;

    LineRate(long now) {
        this.filled = now;
        this.told = now;
    }

    synchronized boolean admits(long now) {
        room = Math.min(BURST, room + (now - filled) / 1e9 * PER_SECOND);
        filled = now;
        if (room < 1) {
            dropped++;
            return false;
        }
        room--;
        return true;
    }

    /// Whether so many were dropped since it was told that who writes more had better wait.
    synchronized boolean isFlood() {
        return dropped >= FLOOD;
    }

    /// How often one after the other it was told of a flood.
    synchronized int floods() {
        return floods;
    }

    /// How many were dropped since this was told; 0 when there were none or it was told less than a
    /// second ago.
    synchronized long toTell(long now) {
        if (now - told < TimeUnit.SECONDS.toNanos(1)) {
            return 0;
        }
        long all = dropped;
        floods = all >= FLOOD ? floods + 1 : 0;
        dropped = 0;
        told = now;
        return all;
    }
}
