package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A send before and after a move: the expectation, the change and the result of it.
record Moves(Outbox.Send before, Outbox.Send after) {

    static Moves to(
            Outbox.Send send,
            State state,
            long epoch,
            @Nullable Instant notBefore,
            @Nullable Reason reason) {
        return new Moves(send, moved(send, state, send.attempt(), epoch, notBefore, reason, null));
    }

    /// Into the next attempt.
    static Moves sending(Outbox.Send send, long epoch, Instant now) {
        return new Moves(
                send, moved(send, State.SENDING, send.attempt() + 1, epoch, null, null, now));
    }

    /// Out of the attempt again: nothing went out, so that it counts as none, and why it was not
    /// taken before is so still.
    Moves back() {
        return new Moves(
                after,
                moved(
                        after,
                        before.state(),
                        before.attempt(),
                        after.epoch(),
                        null,
                        before.reason(),
                        null));
    }

    private static Outbox.Send moved(
            Outbox.Send send,
            State state,
            int attempt,
            long epoch,
            @Nullable Instant notBefore,
            @Nullable Reason reason,
            @Nullable Instant triedAt) {
        return new Outbox.Send(
                send.id(),
                send.key(),
                send.interaction(),
                send.position(),
                send.conversation(),
                send.account(),
                send.firstPart(),
                send.parts(),
                send.priority(),
                state,
                attempt,
                epoch,
                notBefore,
                send.queuedAt(),
                send.firstTriedAt() == null ? triedAt : send.firstTriedAt(),
                send.expiresAt(),
                state.isFinal() ? reason : SentAgain.kept(send.reason(), reason));
    }

    Expect expect() {
        return Expect.SendIs.as(before);
    }

    Change change() {
        return new Change.MoveSend(
                after.id(),
                after.state(),
                after.attempt(),
                after.epoch(),
                after.notBefore(),
                after.reason());
    }
}
