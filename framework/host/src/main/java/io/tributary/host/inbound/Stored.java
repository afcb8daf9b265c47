package io.tributary.host.inbound;

import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.InteractionId;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What became of each event of a delivery.
record Stored(List<Event> events) {

    /// @param result of its item; null where it needed none
    record Event(
            Translated translated,
            List<InteractionId> ids,
            Commit.@org.jspecify.annotations.Nullable Result result) {

        Outcome.Fate fate() {
            return switch (result) {
                case Commit.Result.Duplicate _ -> Outcome.Fate.DUPLICATE;
                case Commit.Result.Stored _ -> {
                    if (translated.waits()) {
                        yield Outcome.Fate.GATHERED;
                    }
                    yield translated.spoiled() == null
                            ? Outcome.Fate.STORED
                            : Outcome.Fate.DEAD_LETTER;
                }
                case null ->
                        translated.inbounds().isEmpty() && !translated.waits()
                                ? Outcome.Fate.STORED
                                : Outcome.Fate.DUPLICATE;
            };
        }
    }

    /// Reads the ids of what was there before: only who asks for outcomes pays for it.
    void outcomes(Journal journal, CompletableFuture<List<Outcome>> to) {
        try {
            var outcomes = new ArrayList<Outcome>(events.size());
            for (Event event : events) {
                outcomes.add(new Outcome(event.fate(), ids(journal, event)));
            }
            to.complete(outcomes);
        } catch (JournalUnavailable unavailable) {
            to.completeExceptionally(
                    new NotStored(NotStored.Why.UNAVAILABLE, "the journal cannot be read now"));
        }
    }

    private static List<InteractionId> ids(Journal journal, Event event) {
        if (!(event.result() instanceof Commit.Result.Duplicate before)) {
            return event.ids();
        }
        var ids = new ArrayList<InteractionId>(before.count());
        for (long at = before.first(); at < before.first() + before.count(); at++) {
            journal.log().at(at).ifPresent(row -> ids.add(row.id()));
        }
        return ids;
    }
}
