package io.tributary.host;

import io.tributary.host.journal.DeadLetters;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the log that dead letters have appeared: how many and on which account, never what is in
/// them; the first time also how many were open at the start. How often it speaks is up to who runs
/// it; it takes at most ten lines each time.
final class DeadLetterWatch implements Chores.Chore {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWatch.class);
    private static final int MOST_LINES = 10;

    private final DeadLetters letters;
    private long open;
    private long seen;

    DeadLetterWatch(DeadLetters letters) {
        this.letters = letters;
        this.seen = letters.newest();
        this.open = letters.open();
    }

    @Override
    public int run() {
        sayWhatIsOpen();
        List<DeadLetters.Appeared> appeared = letters.after(seen);
        for (DeadLetters.Appeared each : appeared) {
            seen = Math.max(seen, each.newest());
        }
        appeared.stream()
                .limit(MOST_LINES)
                .forEach(each ->
                        LOG.warn(
                                "{} new dead letters, {}, on account {}: see `tributary dead-letters"
                                        + " list`",
                                each.count(),
                                each.direction(),
                                each.account()));
        if (appeared.size() > MOST_LINES) {
            LOG.warn("new dead letters on {} more accounts", appeared.size() - MOST_LINES);
        }
        return 0;
    }

    private void sayWhatIsOpen() {
        if (open > 0) {
            LOG.warn(
                    "{} dead letters were open at the start: see `tributary dead-letters list`",
                    open);
            open = 0;
        }
    }
}
