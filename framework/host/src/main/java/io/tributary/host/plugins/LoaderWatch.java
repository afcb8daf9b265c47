package io.tributary.host.plugins;

import io.tributary.host.leaks.LeakSearch;
import io.tributary.model.PluginVersion;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

    /// Whole collections that it must outlive, each a look after the other. The last one is of the
    /// kind that stops the process and proves it; few come as far as that.
    private static final int COLLECTIONS = 3;

    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Each search for what holds a loader stops the whole process for a moment, and the loaders
    /// that follow are most likely held in the same way.
    private static final int MOST_SEARCHES = 3;

    private final InstantSource clock;
    private final Duration patience;
    private final @Nullable LeakSearch search;
    private final Collector collector;
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Set<Trace> traces = ConcurrentHashMap.newKeySet();
    private int searches;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("class-loaders").factory());

    /// One class loader that is there.
    ///
    /// @param left since when nothing is to hold it any more; null: its version is in use
    /// @param lost whether it should have been collected long since
    /// @param holder what keeps a lost one, as a sentence; empty: not searched for
    public record Live(PluginVersion plugin, @Nullable Instant left, boolean lost, String holder) {

        /// In one word.
        public State state() {
            return lost ? State.LOST : left == null ? State.USED : State.LEAVING;
        }
    }

    /// How a class loader is.
    public enum State {
        /// Its version is in use.
        USED,
        /// Its version has left, it is to be collected soon.
        LEAVING,
        /// It should have been collected long since.
        LOST
    }

    /// A watch that does not ask what holds a loader.
    public LoaderWatch(InstantSource clock) {
        this(clock, PATIENCE, null, new HotSpotCollector());
    }

    /// A watch that searches for what holds a lost loader.
    public LoaderWatch(InstantSource clock, LeakSearch search) {
        this(clock, PATIENCE, search, new HotSpotCollector());
    }

    LoaderWatch(
            InstantSource clock,
            Duration patience,
            @Nullable LeakSearch search,
            Collector collector) {
        this.clock = clock;
        this.patience = patience;
        this.search = search;
        this.collector = collector;
        var _ =
                clockwork.scheduleWithFixedDelay(
                        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Those that are there, in the order of their plugins.
    public List<Live> live() {
        clear();
        var live = new ArrayList<Live>();
        for (var trace : traces) {
            live.add(new Live(trace.plugin, trace.left, trace.lost, trace.holder));
        }
        live.sort(
                Comparator.comparing((Live each) -> each.plugin().id())
                        .thenComparing(each -> each.plugin().version()));
        return live;
    }

    /// How many should have been collected long since.
    public int lost() {
        return count(State.LOST);
    }

    /// How many there are in a state.
    public int count(State state) {
        return (int) live().stream().filter(each -> each.state() == state).count();
    }

    /// Why this member should be restarted; empty while it need not.
    public Optional<String> restartAdvised() {
        var lost = live().stream().filter(Live::lost).toList();
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        lost.size()
                                + " class loaders of versions that have left are not collected ("
                                + lost.stream()
                                        .map(each -> each.plugin().toString())
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + ")");
    }

    /// A class loader was made; tell the answer when it is to go.
    ///
    /// @param mark what finds it among all objects of the process
    Trace made(PluginVersion plugin, ClassLoader loader, long mark) {
        var trace = new Trace(plugin, loader, mark, collected);
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
        private final long mark;
        private volatile boolean lost;
        private volatile String holder = "";

        Trace(
                PluginVersion plugin,
                ClassLoader loader,
                long mark,
                ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.plugin = plugin;
            this.mark = mark;
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
            var now = clock.instant();
            var due = traces.stream().filter(each -> isDue(each, now)).toList();
            var asked = due.stream().filter(each -> each.asked >= COLLECTIONS).toList();
            ask(due.stream().filter(each -> each.asked < COLLECTIONS).toList());
            asked.forEach(this::lose);
        } catch (RuntimeException | Error failure) {
            // whatever it is: nobody would ever look again
            LOG.error("class loaders could not be looked at, trying again", failure);
        }
    }

    private boolean isDue(Trace trace, Instant now) {
        var left = trace.left;
        return left != null && !trace.lost && !now.isBefore(left.plus(patience));
    }

    /// A collection of the young does not unload classes, and a large heap that is hardly used may
    /// not be collected whole for hours. One for all of them: each costs the whole process.
    private void ask(List<Trace> young) {
        if (young.stream().anyMatch(each -> each.asked == COLLECTIONS - 1)) {
            collector.insist();
            young.forEach(each -> each.asked = COLLECTIONS);
        } else if (!young.isEmpty()) {
            collector.ask();
            young.forEach(each -> each.asked++);
        }
    }

    private void lose(Trace trace) {
        // another one's search took its time and collected everything
        clear();
        var left = trace.left;
        if (left == null || !traces.contains(trace)) {
            return;
        }
        trace.lost = true;
        LOG.error(
                "the class loader of plugin {} was not collected {} s after it was closed: something"
                        + " holds a class or an object of it. Restart this member when it suits.",
                trace.plugin,
                Duration.between(left, clock.instant()).toSeconds());
        if (search != null && searches < MOST_SEARCHES) {
            searches++;
            trace.holder = search.of(VerifiedLoader.class, "mark", trace.mark);
            LOG.error("the class loader of plugin {}: {}", trace.plugin, trace.holder);
        }
    }
}
