package io.tributary.host.plugins;

import io.tributary.model.PluginVersion;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Proves that the class loader of a version that has left is collected, and says so when it is
/// not: something still holds a class or an object of it, and its memory is lost until the member
/// restarts. Thread safe.
public final class LoaderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoaderWatch.class);

    /// How long one that has left may live on before it is asked for.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Whole collections that it must outlive, each a look after the other.
    private static final int COLLECTIONS = 3;

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Duration patience;
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Set<Trace> traces = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("class-loaders").factory());

    /// One class loader that is there.
    ///
    /// @param left since when nothing is to hold it any more; null: its version is in use
    /// @param lost whether it should have been collected long since
    public record Live(PluginVersion plugin, @Nullable Instant left, boolean lost) {}

    public LoaderWatch(InstantSource clock) {
        this(clock, PATIENCE);
    }

    LoaderWatch(InstantSource clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        var _ =
                clockwork.scheduleWithFixedDelay(
                        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Those that are there, in the order of their plugins.
    public List<Live> live() {
        clear();
        var live = new ArrayList<Live>();
        for (var trace : traces) {
            live.add(new Live(trace.plugin, trace.left, trace.lost));
        }
        live.sort(
                Comparator.comparing((Live each) -> each.plugin().id())
                        .thenComparing(each -> each.plugin().version()));
        return live;
    }

    /// How many should have been collected long since.
    public int lost() {
        return (int) live().stream().filter(Live::lost).count();
    }

    /// A class loader was made; tell the answer when it is to go.
    Trace made(PluginVersion plugin, ClassLoader loader) {
        var trace = new Trace(plugin, loader, collected);
        traces.add(trace);
        return trace;
    }

    void left(Trace trace) {
        trace.left = clock.instant();
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
    }

    /// What is known of a loader that must not be held to know it.
    static final class Trace extends PhantomReference<ClassLoader> {

        private final PluginVersion plugin;
        private volatile @Nullable Instant left;
        private int asked;
        private volatile boolean lost;

        Trace(PluginVersion plugin, ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.plugin = plugin;
        }
    }

    private void clear() {
        for (var gone = collected.poll(); gone != null; gone = collected.poll()) {
            if (gone instanceof Trace trace && traces.remove(trace)) {
                LOG.debug("the class loader of plugin {} is collected", trace.plugin);
            }
        }
    }

    private void look() {
        try {
            clear();
            traces.forEach(this::look);
        } catch (RuntimeException | Error failure) {
            // whatever it is: nobody would ever look again
            LOG.error("class loaders could not be looked at, trying again", failure);
        }
    }

    private void look(Trace trace) {
        var left = trace.left;
        if (left == null || trace.lost || clock.instant().isBefore(left.plus(patience))) {
            return;
        }
        if (trace.asked < COLLECTIONS) {
            // a collection of the young does not unload classes, and a large heap that is hardly
            // used may not be collected whole for hours
            trace.asked++;
            System.gc();
            return;
        }
        trace.lost = true;
        LOG.error(
                "the class loader of plugin {} was not collected {} s after it was closed: something"
                        + " holds a class or an object of it. Restart this member when it suits.",
                trace.plugin,
                Duration.between(left, clock.instant()).toSeconds());
    }
}
