package io.tributary.host.calls;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Whether one version of a plugin may still be called. Two stuck calls are enough: it is called no
/// more until it is replaced or the host restarts. Thread safe.
public final class Quarantine {

    private static final int ENOUGH = 2;

    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private int stuck;
    private volatile String why = "";

    /// Whether it has been entered. Cheap enough for every call.
    public boolean active() {
        return !why.isEmpty();
    }

    /// What happened and what to do, for an operator; empty while the version may be called.
    public Optional<String> why() {
        return Optional.of(why).filter(text -> !text.isEmpty());
    }

    /// Tells `listener` once why it was entered, on the watchdog's thread or, when that has
    /// happened already, at once. It must be short.
    public void whenEntered(Consumer<String> listener) {
        synchronized (this) {
            if (!active()) {
                listeners.add(listener);
                return;
            }
        }
        listener.accept(why);
    }

    /// Notes a call that was given up.
    void stuck(String call) {
        synchronized (this) {
            if (++stuck != ENOUGH) {
                return;
            }
            why =
                    "quarantined: "
                            + ENOUGH
                            + " calls did not end after their deadline, the last one was "
                            + call
                            + "; install another version or restart";
        }
        listeners.forEach(listener -> listener.accept(why));
    }
}
