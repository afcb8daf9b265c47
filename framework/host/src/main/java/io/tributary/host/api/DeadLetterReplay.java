package io.tributary.host.api;

import io.tributary.host.inbound.Replay;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.outbound.Resending;
import io.tributary.model.Direction;
import java.util.List;

/// Replays a dead letter of either direction: one that came is translated again, one that went is
/// sent again.
final class DeadLetterReplay implements Fate.Deciding {

    private final DeadLetters letters;
    private final Replay inbound;
    private final Resending outbound;

    DeadLetterReplay(DeadLetters letters, Replay inbound, Resending outbound) {
        this.letters = letters;
        this.inbound = inbound;
        this.outbound = outbound;
    }

    @Override
    public Fate of(long letter, String actor) throws InterruptedException {
        var found = letters.byId(letter);
        if (found.isEmpty()) {
            return new Fate.Closed();
        }
        return found.get().direction() == Direction.OUTBOUND
                ? fate(outbound.send(letter, actor))
                : fate(inbound.replay(letter, actor));
    }

    private static Fate fate(Replay.Result result) {
        return switch (result) {
            case Replay.Result.Replayed(var interactions) -> new Fate.Replayed(interactions);
            case Replay.Result.Closed _, Replay.Result.Unknown _ -> new Fate.Closed();
            case Replay.Result.Failed(var why) -> new Fate.Failed(why);
        };
    }

    private static Fate fate(Resending.Result result) {
        return switch (result) {
            case Resending.Result.Taken(var interaction) -> new Fate.Replayed(List.of(interaction));
            case Resending.Result.Arrived _ -> new Fate.Arrived();
            case Resending.Result.Closed _, Resending.Result.Unknown _ -> new Fate.Closed();
            case Resending.Result.Refused(var why) -> new Fate.Failed(Unsent.problem(why).detail());
            case Resending.Result.Failed(var why) -> new Fate.Failed(why);
        };
    }
}
