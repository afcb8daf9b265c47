package io.tributary.host.inbound;

import java.util.ArrayDeque;
import java.util.Deque;

/// Says when a run fails so often that its plugin is what has to be looked at. For one thread.
final class Brake {

    /// So many failures one after another.
    static final int IN_A_ROW = 100;

    private static final int LATELY = 1_000;

    private final Deque<Boolean> lately = new ArrayDeque<>();
    private int inARow;
    private int among;

    /// @return whether it is time to end
    boolean after(boolean failed) {
        inARow = failed ? inARow + 1 : 0;
        among += failed ? 1 : 0;
        lately.add(failed);
        if (lately.size() > LATELY && lately.remove()) {
            among--;
        }
        return inARow >= IN_A_ROW || (lately.size() == LATELY && among > LATELY / 2);
    }
}
