package io.tributary.host.journal;

import java.util.Arrays;

/// The way back through one conversation: the positions from which its next interaction chooses the
/// two it points to, the one before and one further back.
///
/// Each conversation is a list of interactions that is only ever added to. Besides its predecessor
/// every one knows a place further back, chosen so that any place is reached in about twice the
/// binary logarithm of the length (Myers, "An applicative random-access stack", 1983). So a
/// conversation needs no index of its own, in which every interaction would touch another page.
///
/// Immutable.
final class Skips {

    static final Skips NONE = new Skips(0, new long[0]);

    /// Of a conversation whose way nobody has walked yet; so it stays, whatever follows. Nothing
    /// can be taken from it: what the log is told of a place stays in it for ever.
    static final Skips UNKNOWN = new Skips(-1, new long[0]);

    private final int depth;
    private final long[] positions;

    /// @param positions of the interaction at `depth`, of the one it jumps to, and so on; may end
    ///   early where the rest is not kept any more
    Skips(int depth, long[] positions) {
        this.depth = depth;
        this.positions = positions;
    }

    boolean known() {
        return depth >= 0;
    }

    /// How many interactions the conversation has.
    int depth() {
        needKnown();
        return depth;
    }

    /// Of the last interaction, of the one it jumps to, and so on.
    long[] positions() {
        needKnown();
        return positions.clone();
    }

    /// The position that the next interaction follows; 0: none.
    long previous() {
        needKnown();
        return at(0);
    }

    /// The position that the next interaction jumps to; 0: none.
    long jump() {
        needKnown();
        return merges() ? at(2) : at(0);
    }

    private void needKnown() {
        if (!known()) {
            throw new IllegalStateException("nobody has walked this conversation's way");
        }
    }

    /// Whether this is the way that was walked: all of it, or up to where it could be walked.
    ///
    /// @param upToEnd whether it was walked up to its end
    boolean isAs(Skips walked, boolean upToEnd) {
        int length = walked.positions.length;
        return depth == walked.depth
                && (upToEnd ? positions.length == length : positions.length >= length)
                && Arrays.equals(positions, 0, length, walked.positions, 0, length);
    }

    /// With one more interaction.
    Skips with(long position) {
        if (!known()) {
            return this;
        }
        int from = merges() ? 2 : 0;
        int kept = Math.max(0, positions.length - from);
        long[] next = new long[kept + 1];
        next[0] = position;
        System.arraycopy(positions, positions.length - kept, next, 1, kept);
        return new Skips(depth + 1, next);
    }

    /// The depth that an interaction at `depth` jumps to.
    static int jumpDepth(int depth) {
        int rest = depth;
        int step = 0;
        while (rest > 0) {
            step = Integer.highestOneBit(rest + 1) - 1;
            rest -= step;
        }
        return depth - step;
    }

    /// Whether the two shortest ways are of equal length and become one.
    private boolean merges() {
        int second = jumpDepth(depth);
        return second > 0 && depth - second == second - jumpDepth(second);
    }

    private long at(int index) {
        return index < positions.length ? positions[index] : 0;
    }

    @Override
    public String toString() {
        return known() ? depth + Arrays.toString(positions) : "unknown";
    }
}
