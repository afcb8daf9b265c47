package io.tributary.host.guard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose code it is that calls.
final class Caller {

    private static final StackWalker STACK =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private Caller() {}

    /// Of the innermost guarded code on this thread's stack; null where there is none.
    static @Nullable Conduct conduct() {
        Optional<Conduct> found =
                STACK.walk(frames ->
                        frames.map(frame -> frame.getDeclaringClass().getClassLoader())
                                .filter(Guarded.class::isInstance)
                                .map(loader -> ((Guarded) loader).conduct())
                                .findFirst());
        return found.orElse(null);
    }
}
