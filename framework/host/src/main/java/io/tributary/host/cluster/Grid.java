package io.tributary.host.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This member's place among the others. Thread safe.
///
/// When it has left, by itself or because strangers came, everything here goes on to answer: nobody
/// is told, nobody is heard, nobody else is there. The stream then comes from the log alone. It
/// comes back with a new grid, as a restart makes one.
public final class Grid implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Grid.class);

    private final HazelcastInstance hazelcast;
    private final GridTimes times;
    private final Members members;
    private final GridFigures figures;
    private final Alarm alarm = new Alarm();
    private final Guard guard;
    private final TailFeed tail;
    private final SignalFeed signals;
    private final Presence presence;
    private final ScheduledExecutorService chores =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("grid-chores").factory());

    /// Why this member is no longer in the grid.
    private final AtomicReference<@Nullable String> left = new AtomicReference<>();

    private final AtomicBoolean closing = new AtomicBoolean();

    private Grid(
            HazelcastInstance hazelcast,
            ClusterSettings settings,
            Roster roster,
            Supplier<LogTimeline> log,
            GridFigures figures,
            Members members,
            Clock clock) {
        this.hazelcast = hazelcast;
        this.times = settings.times();
        this.members = members;
        this.figures = figures;
        var sealed = new Sealed(settings.name(), settings.keys());
        var surroundings = new Surroundings(hazelcast, sealed, members, figures, alarm, log);
        this.tail = new TailFeed(surroundings);
        this.signals = new SignalFeed(surroundings, clock);
        this.presence = new Presence(surroundings, clock, times.presence());
        this.guard = new Guard(members, settings.member(), roster, times, this::leave);
    }

    /// Joins, which takes seconds: nothing that is needed to serve should wait for it. Who is first
    /// is alone, and the others join it. One grid at a time; after one was closed another may be
    /// joined. A join that failed leaves nothing behind.
    ///
    /// @param roster is told our id before anything is published
    /// @param log which log this member has, in which state, now: asked for each message, so it
    ///   never waits
    /// @param time that all members agree on: what they keep for each other has an age
    /// @throws GridRefused it cannot join; the text says why
    public static Grid join(
            ClusterSettings settings,
            Roster roster,
            Supplier<LogTimeline> log,
            MeterRegistry meters,
            InstantSource time)
            throws GridRefused, InterruptedException {
        Clock clock = time.withZone(ZoneOffset.UTC);
        HazelcastInstance hazelcast = start(settings, clock);
        var figures = new GridFigures(meters);
        var members = new Members(hazelcast, figures);
        try {
            members.follow();
            UUID entered = new Entrance(settings, roster, members).enter();
            var grid = new Grid(hazelcast, settings, roster, log, figures, members, clock);
            grid.begin(entered);
            return grid;
        } catch (GridRefused | InterruptedException | RuntimeException refused) {
            members.close();
            figures.close();
            Departure.within(
                    settings.times().leaving(),
                    () -> {},
                    hazelcast.getLifecycleService()::terminate);
            throw refused;
        }
    }

    private static HazelcastInstance start(ClusterSettings settings, Clock clock)
            throws GridRefused {
        try {
            return Hazelcast.newHazelcastInstance(GridConfig.of(settings, clock));
        } catch (RuntimeException refused) {
            throw new GridRefused(Refusals.text(refused, settings), refused);
        }
    }

    private void begin(UUID entered) {
        try {
            follow();
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
        tail.start();
        signals.start();
        guard.start(entered);
    }

    private void follow() {
        hazelcast
                .getLifecycleService()
                .addLifecycleListener(event -> {
                    if (event.getState() == LifecycleEvent.LifecycleState.SHUTDOWN) {
                        gone("Hazelcast stopped by itself; its log lines say why");
                    }
                });
        members.onChange(_ -> soon());
        long third = times.presence().toMillis() / 3;
        var _ = chores.scheduleWithFixedDelay(this::confirm, third, third, TimeUnit.MILLISECONDS);
    }

    /// Who is in the grid.
    public Members members() {
        return members;
    }

    /// The newest rows of the log, as members append them.
    public TailFeed tail() {
        return tail;
    }

    /// Signals of customers, as they come.
    public SignalFeed signals() {
        return signals;
    }

    /// Agents and devices that are connected.
    public Presence presence() {
        return presence;
    }

    /// Whether this member is in the grid. One that has left does not come back: close it, and join
    /// anew when what drove it away is gone.
    public boolean joined() {
        return left.get() == null && !closing.get();
    }

    /// What is wrong with the grid, in words for an operator; empty when all is well. The member
    /// serves all the same.
    public Optional<String> trouble() {
        String reason = left.get();
        return reason == null
                ? guard.trouble().or(alarm::text)
                : Optional.of("this member has left the grid: " + reason);
    }

    /// Leaves in order, within the time that leaving may take whatever the grid does meanwhile.
    /// Does not wait for the roster. The row of the members' table is the caller's to remove, after
    /// this.
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        guard.close();
        chores.shutdownNow();
        Departure.within(
                times.leaving(),
                () -> {
                    tail.close();
                    signals.close();
                    hazelcast.shutdown();
                },
                hazelcast.getLifecycleService()::terminate);
        presence.close();
        members.close();
        figures.close();
    }

    /// Who joined, or lost what it kept, hears soon of those who are here.
    private void soon() {
        try {
            chores.execute(this::confirm);
        } catch (RejectedExecutionException closed) {
            LOG.trace("nobody is told any more", closed);
        }
    }

    private void confirm() {
        try {
            presence.confirm();
        } catch (RuntimeException stopping) {
            LOG.debug("not confirmed failure={}", stopping.getClass().getName());
        }
    }

    private void leave(String reason) {
        if (gone(reason)) {
            hazelcast.getLifecycleService().terminate();
        }
    }

    /// @return false: it was gone before
    private boolean gone(String reason) {
        if (closing.get() || !left.compareAndSet(null, reason)) {
            return false;
        }
        LOG.error("left the grid; the stream goes on from the log reason=\"{}\"", reason);
        members.left();
        return true;
    }
}
