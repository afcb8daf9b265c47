package io.tributary.host.calls;

import io.tributary.model.InteractionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a plugin is called for, where that is one interaction. Whoever makes a request for it on
/// the way learns so: on the call's own thread, and in tasks that the plugin gives to its account's
/// executor meanwhile.
///
/// @param send the key of the send; null: it is none
/// @param attempt of the send, from 1; 0: it is none
/// @param personal texts that nobody may be told of, such as who is written to, and what
public record Errand(
        Calls.Kind kind,
        InteractionId interaction,
        @Nullable String send,
        int attempt,
        List<String> personal) {

    /// How long a task is on the errand of whoever began it: what runs on after that, such as a
    /// poll that the first send set going, is for itself.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final ScopedValue<Bound> HERE = ScopedValue.newInstance();

    /// @param until by the nanoseconds of this process; null: as long as it is bound
    private record Bound(Errand errand, @Nullable Long until) {

        boolean isOver() {
            return until != null && System.nanoTime() - until >= 0;
        }
    }

    public Errand {
        personal = List.copyOf(personal);
    }

    /// One that is no send.
    public static Errand of(Calls.Kind kind, InteractionId interaction) {
        return new Errand(kind, interaction, null, 0, List.of());
    }

    /// That of this thread.
    public static Optional<Errand> here() {
        if (!HERE.isBound() || HERE.get().isOver()) {
            return Optional.empty();
        }
        return Optional.of(HERE.get().errand());
    }

    /// Does something on it.
    public <T, X extends Throwable> T on(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(HERE, new Bound(this, null)).call(work);
    }

    /// The task, on the errand of this thread for a while, whoever runs it.
    public static Runnable kept(Runnable task) {
        return kept(task, LONGEST);
    }

    /// @param most how long, unless this thread is a task itself
    static Runnable kept(Runnable task, Duration most) {
        if (here().isEmpty()) {
            return task;
        }
        Bound here = HERE.get();
        Bound there =
                here.until() == null
                        ? new Bound(here.errand(), System.nanoTime() + most.toNanos())
                        : here;
        return () -> ScopedValue.where(HERE, there).run(task);
    }

    /// Nothing personal.
    @Override
    public String toString() {
        return "Errand[" + kind.title() + " " + interaction + "]";
    }
}
