package io.tributary.wearables.mqtt;

import io.tributary.spi.AccountContext;
import io.tributary.spi.Health;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the broker has made of the sessions for which we asked: what waits rests on them. Thread
/// safe.
final class Sessions {

    /// How often the broker had lost a session, and with it what waited there.
    static final String LOST = "sessions.lost";

    private final AccountContext context;
    private final Duration asked;
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Health> stopped = new ConcurrentHashMap<>();
    private volatile @Nullable Duration kept;

    /// @param asked how long we want sessions to be kept
    Sessions(AccountContext context, Duration asked) {
        this.context = context;
        this.asked = asked;
    }

    /// A slot was let in.
    ///
    /// @throws Greeting.Turned its session is not kept at all
    void granted(int slot, Packet.ConnAck ack) throws Greeting.Turned {
        long seconds =
                ack.properties().numberOr(PacketProperties.SESSION_EXPIRY, asked.toSeconds());
        if (seconds == 0) {
            throw new Greeting.Turned(
                    Health.stopped(
                            "the broker keeps nothing while nobody is connected",
                            "permit sessions that outlive their connection"));
        }
        kept = Duration.ofSeconds(seconds);
        boolean again = !begun.add(slot);
        if (again && !ack.sessionPresent()) {
            context.log().log(
                    Level.WARNING,
                    "the broker has lost the session of slot {0}, and what waited there",
                    slot);
            context.metrics().count(LOST, 1);
        }
    }

    /// A slot cannot be there. One that waits for an operator keeps the account stopped until it is
    /// up, whatever is said of the others.
    void failed(int slot, Health health) {
        if (health.state() == Health.State.STOPPED) {
            stopped.put(slot, health);
        }
    }

    /// A slot is there, before it says so itself.
    void up(int slot) {
        stopped.remove(slot);
    }

    /// How that is for the account.
    Health health() {
        return stopped.values().stream().findFirst().orElseGet(this::kept);
    }

    private Health kept() {
        var granted = kept;
        return granted == null || granted.compareTo(asked) >= 0
                ? Health.up()
                : Health.degraded(
                                "the broker keeps what waits for %d s, and not for %d s"
                                        .formatted(granted.toSeconds(), asked.toSeconds()))
                        .action("permit longer sessions, or set sessionExpiry to what it permits");
    }

    /// Says of a session that is kept for less than what we asked for, after a slot has said that
    /// it is there: it cannot itself, since messages go on. What stopped a slot is said by that
    /// slot.
    void report() {
        var health = kept();
        if (stopped.isEmpty() && health.state() != Health.State.UP) {
            context.report(health);
        }
    }
}
