package io.tributary.host.api;

import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.JournalUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replays or drops the open dead letters of a filter, oldest first, each for itself: what fails
/// stays open and holds up no other. It stops after a while, or where the log takes nothing, and
/// says from where to go on.
final class ManyDeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(ManyDeadLetters.class);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final DeadLetters letters;
    private final InstantSource clock;

    ManyDeadLetters(DeadLetters letters, InstantSource clock) {
        this.letters = letters;
        this.clock = clock;
    }

    /// What is asked for.
    ///
    /// @param after only those with greater ids
    /// @param limit how many at the most
    /// @param actor for the audit
    record Asked(DeadLetters.Query query, long after, int limit, String actor) {

        Asked {
            query = query.onlyOpen();
        }
    }

    DeadLetterReport run(Asked asked, Fate.Deciding deciding) {
        long matched = letters.count(asked.query());
        List<Long> ids = letters.oldest(asked.query(), asked.after(), asked.limit() + 1);
        var run = new Run(deciding, asked.actor(), clock.instant().plus(LONGEST));
        int done = 0;
        while (done < Math.min(asked.limit(), ids.size())
                && !run.isOver()
                && run.takes(ids.get(done))) {
            done++;
        }
        long last = done == 0 ? asked.after() : ids.get(done - 1);
        return run.report(matched, done < ids.size() ? last : null);
    }

    /// One run over some of them.
    private final class Run {

        private final Fate.Deciding deciding;
        private final String actor;
        private final Instant end;
        private final List<DeadLetterReport.Failure> failures = new ArrayList<>();
        private int replayed;
        private int interactions;
        private int arrived;
        private int dropped;
        private int closed;
        private @Nullable String stopped;

        Run(Fate.Deciding deciding, String actor, Instant end) {
            this.deciding = deciding;
            this.actor = actor;
            this.end = end;
        }

        boolean isOver() {
            return clock.instant().isAfter(end);
        }

        /// @return false: nothing more can be done now; this one is as it was
        boolean takes(long id) {
            try {
                count(id, deciding.of(id, actor));
                return true;
            } catch (JournalUnavailable _) {
                stopped = "the log cannot be written at the moment";
                return false;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                stopped = "the member is being stopped";
                return false;
            } catch (RuntimeException broken) {
                // its message may quote a customer
                LOG.warn("dead letter {} stays open: {}", id, broken.getClass().getName());
                count(id, new Fate.Failed("it fails unexpectedly; the log has more"));
                return true;
            }
        }

        private void count(long id, Fate fate) {
            switch (fate) {
                case Fate.Replayed(var appended) -> {
                    replayed++;
                    interactions += appended.size();
                }
                case Fate.Arrived _ -> arrived++;
                case Fate.Dropped _ -> dropped++;
                case Fate.Closed _ -> closed++;
                case Fate.Failed(var why) -> failures.add(new DeadLetterReport.Failure(id, why));
            }
        }

        DeadLetterReport report(long matched, @Nullable Long next) {
            return new DeadLetterReport(
                    matched,
                    replayed,
                    interactions,
                    arrived,
                    dropped,
                    closed,
                    failures,
                    next,
                    stopped);
        }
    }
}
