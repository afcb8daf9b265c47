package io.tributary.host.api;

import io.tributary.host.api.DeadLetterReplay.Fate;
import io.tributary.host.journal.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Replays the open dead letters of a filter, oldest first, each for itself: what fails stays open
/// and holds up no other. It stops after a while, and says from where to go on.
final class BulkReplay {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int MOST_TOLD = 100;

    private final DeadLetters letters;
    private final DeadLetterReplay replay;
    private final InstantSource clock;

    BulkReplay(DeadLetters letters, DeadLetterReplay replay, InstantSource clock) {
        this.letters = letters;
        this.replay = replay;
        this.clock = clock;
    }

    /// What became of them.
    ///
    /// @param matched how many were open when it began
    /// @param next the id after which there are more; empty: there are none
    record Report(
            long matched,
            int replayed,
            int interactions,
            int closed,
            List<Failure> failures,
            Optional<Long> next) {

        static final Report NOTHING = new Report(0, 0, 0, 0, List.of(), Optional.empty());

        ObjectNode json() {
            ObjectNode json =
                    RequestJson.JSON
                            .createObjectNode()
                            .put("matched", matched)
                            .put("replayed", replayed)
                            .put("interactions", interactions)
                            .put("closed", closed)
                            .put("failed", failures.size());
            ArrayNode list = json.putArray("failures");
            failures.stream()
                    .limit(MOST_TOLD)
                    .forEach(each ->
                            list.addObject()
                                    .put("id", Long.toString(each.id()))
                                    .put("detail", each.why()));
            next.ifPresent(id -> json.put("next", Long.toString(id)));
            return json;
        }

        /// As the audit has it.
        String summary() {
            return "matched %d, replayed %d, failed %d, closed by others %d%s"
                    .formatted(
                            matched,
                            replayed,
                            failures.size(),
                            closed,
                            next.isPresent() ? ", more follow" : "");
        }
    }

    /// One that stays open.
    record Failure(long id, String why) {}

    /// @param after only those with greater ids
    Report run(DeadLetters.Query query, long after, int limit, String actor)
            throws InterruptedException {
        DeadLetters.Query open = query.onlyOpen();
        long matched = letters.count(open);
        List<Long> ids = letters.oldest(open, after, limit + 1);
        var run = new Run(actor, clock.instant().plus(LONGEST));
        int done = 0;
        while (done < Math.min(limit, ids.size()) && !run.isOver()) {
            run.replay(ids.get(done));
            done++;
        }
        Optional<Long> next =
                done < ids.size() && done > 0 ? Optional.of(ids.get(done - 1)) : Optional.empty();
        return run.report(matched, next);
    }

    /// One run over some of them.
    private final class Run {

        private final String actor;
        private final Instant end;
        private final List<Failure> failures = new ArrayList<>();
        private int replayed;
        private int interactions;
        private int closed;

        Run(String actor, Instant end) {
            this.actor = actor;
            this.end = end;
        }

        boolean isOver() {
            return clock.instant().isAfter(end);
        }

        void replay(long id) throws InterruptedException {
            Optional<DeadLetters.DeadLetter> letter = letters.byId(id);
            if (letter.isEmpty()) {
                closed++;
                return;
            }
            switch (replay.of(letter.get(), actor)) {
                case Fate.Replayed(var appended) -> {
                    replayed++;
                    interactions += appended.size();
                }
                case Fate.Closed _ -> closed++;
                case Fate.Failed(var why) -> failures.add(new Failure(id, why));
            }
        }

        Report report(long matched, Optional<Long> next) {
            return new Report(matched, replayed, interactions, closed, List.copyOf(failures), next);
        }
    }
}
