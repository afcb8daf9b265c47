package io.tributary.smpp.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/// What waits for whoever is bound. Each letter is with one session at a time, and comes back until
/// it was taken.
final class Mailbox {

    private static final long WAIT = 20;

    private final LinkedBlockingDeque<Letter> waiting = new LinkedBlockingDeque<>();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();

    void add(Letter letter) {
        waiting.addLast(letter);
    }

    /// The next ones; empty after a moment in which there were none.
    List<Letter> take(int most) throws InterruptedException {
        var taken = new ArrayList<Letter>();
        var first = waiting.pollFirst(WAIT, TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            waiting.drainTo(taken, most - 1);
        }
        return taken;
    }

    /// They are offered again before all others.
    void putBack(List<Letter> letters) {
        letters.reversed().forEach(waiting::addFirst);
    }

    void done(Letter letter) {
        if (!letter.text.isEmpty()) {
            acknowledged.add(letter.text);
        }
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }
}
