package io.tributary.host.journal;

import org.jspecify.annotations.Nullable;

/// Whether the journal takes writes, and what an operator should know. Thread safe.
final class Fitness {

    private volatile State state = State.WELL;
    private volatile boolean closedWell;
    private volatile @Nullable String damage;

    /// @param writes whether appends are taken
    /// @param last true: nothing but a restart changes it
    /// @param text in words for an operator; empty when all is well
    record State(boolean writes, boolean last, String text) {
        static final State WELL = new State(true, false, "");
    }

    State state() {
        return state;
    }

    boolean writes() {
        return state.writes;
    }

    /// What to tell an operator; empty when all is well.
    String text() {
        String found = damage;
        String text = state.text;
        if (found == null) {
            return text;
        }
        return text.isEmpty() ? found : text + "; " + found;
    }

    /// Refuses appends for now; the writer tries again by itself.
    synchronized void pause(String text) {
        if (!state.last) {
            state = new State(false, false, text);
        }
    }

    /// Refuses appends until the process is started again.
    synchronized void stop(String text) {
        if (!state.last) {
            state = new State(false, true, text);
        }
    }

    /// Everything is in its place; nothing is taken any more.
    void close() {
        closedWell = true;
        stop("the journal is closed");
    }

    boolean closedWell() {
        return closedWell;
    }

    synchronized void resume() {
        if (!state.last) {
            state = State.WELL;
        }
    }

    /// Something could not be read as it was written. What can be read is read, and appends go on.
    void damaged(String what) {
        damage =
                "the journal's file is damaged ("
                        + what
                        + "): stop, keep a copy, restore a backup or look at it with doctor";
    }

    JournalUnavailable refusal() {
        return new JournalUnavailable("the journal takes no writes: " + text());
    }
}
