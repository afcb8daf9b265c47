package io.tributary.testkit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a plugin is called for, how long it may take (guarantee 2 of the SPI), and what it may
/// touch meanwhile.
enum CallKind {
    DESCRIPTOR(Duration.ofSeconds(2), false, false),
    OPEN(Duration.ofSeconds(5), false, true),
    CHECK_SETTINGS(Duration.ofSeconds(2), false, false),
    CAPABILITIES(Duration.ofMillis(200), false, true),
    LINES(Duration.ofMillis(200), false, true),
    VERIFY(Duration.ofSeconds(5), true, true),
    TRANSLATE(Duration.ofSeconds(2), false, false),
    SPLIT(Duration.ofSeconds(2), false, false),
    ACTIONS(Duration.ofMillis(200), false, true),
    CONNECT(Duration.ofSeconds(5), false, true),
    KNOCK(Duration.ofSeconds(5), true, true),
    ON_FRAME(Duration.ofSeconds(10), true, true),
    ON_INTERACTION(Duration.ofSeconds(5), true, true),
    PARK(Duration.ofSeconds(1), true, true),
    SEND(Duration.ofSeconds(30), true, true),
    LOOK_UP(Duration.ofSeconds(30), true, true),
    LOCATE(Duration.ofSeconds(30), true, true),
    CHECK(Duration.ofSeconds(30), true, true),
    PERFORM(Duration.ofSeconds(60), true, true),
    CLOSE(Duration.ofSeconds(10), true, true);

    private static final ScopedValue<CallKind> CURRENT = ScopedValue.newInstance();

    private final Duration deadline;
    private final boolean network;
    private final boolean state;

    CallKind(Duration deadline, boolean network, boolean state) {
        this.deadline = deadline;
        this.network = network;
        this.state = state;
    }

    /// What the current thread was called for; null outside of a call, where everything is allowed.
    static @Nullable CallKind current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /// Runs a body as a call of this kind.
    <T> T run(ScopedValue.CallableOp<T, Exception> body) throws Exception {
        return ScopedValue.where(CURRENT, this).call(body);
    }

    Duration deadline() {
        return deadline;
    }

    boolean network() {
        return network;
    }

    boolean state() {
        return state;
    }

    boolean pure() {
        return !network && !state;
    }
}
