package io.tributary.host.api;

import io.tributary.host.inbound.Replay;
import io.tributary.host.journal.DeadLetters.DeadLetter;
import io.tributary.host.outbound.Resending;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.util.List;

/// Replays a dead letter of either direction: one that came is translated again, one that went is
/// sent again.
final class DeadLetterReplay {

    private final Replay inbound;
    private final Resending outbound;

    DeadLetterReplay(Replay inbound, Resending outbound) {
        this.inbound = inbound;
        this.outbound = outbound;
    }

    /// What became of it.
    sealed interface Fate {

        /// @param interactions that were appended
        record Replayed(List<InteractionId> interactions) implements Fate {}

        /// Somebody has replayed it or given it up before.
        record Closed() implements Fate {}

        /// It stays open; `why` is for an operator.
        record Failed(String why) implements Fate {}
    }

    /// @param actor who asked for it, for the audit
    Fate of(DeadLetter letter, String actor) throws InterruptedException {
        return letter.direction() == Direction.OUTBOUND
                ? fate(outbound.send(letter.id(), actor))
                : fate(inbound.replay(letter.id(), actor));
    }

    private static Fate fate(Replay.Result result) {
        return switch (result) {
            case Replay.Result.Replayed(var interactions) -> new Fate.Replayed(interactions);
            case Replay.Result.Dropped _, Replay.Result.Closed _ -> new Fate.Closed();
            case Replay.Result.Unknown _ -> new Fate.Failed("it is no longer kept");
            case Replay.Result.Failed(var why) -> new Fate.Failed(why);
        };
    }

    private static Fate fate(Resending.Result result) {
        return switch (result) {
            case Resending.Result.Taken(var interaction) -> new Fate.Replayed(List.of(interaction));
            case Resending.Result.Closed _ -> new Fate.Closed();
            case Resending.Result.Unknown _ -> new Fate.Failed("it is no longer kept");
            case Resending.Result.Refused(var why) -> new Fate.Failed(Unsent.problem(why).detail());
            case Resending.Result.Failed(var why) -> new Fate.Failed(why);
        };
    }
}
