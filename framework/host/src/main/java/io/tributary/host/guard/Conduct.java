package io.tributary.host.guard;

import io.tributary.host.artifacts.Entitlement;
import io.tributary.host.artifacts.Entitlements;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How one plugin version behaves towards the process: what it may, which doors it tried that are
/// closed to it, and how many lines it logs. Thread safe; holds nothing of the plugin.
public final class Conduct {

    private static final Logger LOG = LoggerFactory.getLogger(Conduct.class);

    /// Later ones are counted and not logged each.
    private static final long TOLD_EACH = 10;

    private static final long BRAKE = TimeUnit.MILLISECONDS.toNanos(1);

    private final String plugin;
    private final Entitlements entitlements;
    private final LineRate rate = new LineRate(System.nanoTime());
    private final LongAdder dropped = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final PrintStream printed;

    /// @param plugin id and version, for messages
    /// @param entitlements what it may do beyond what every plugin may
    /// @param redact takes known secrets out of what it prints
    public Conduct(String plugin, Entitlements entitlements, UnaryOperator<String> redact) {
        this.plugin = plugin;
        this.entitlements = entitlements;
        this.printed =
                new PrintStream(
                        new PrintedLines(
                                this::admitsLine,
                                line ->
                                        LOG.info(
                                                "plugin {} printed: {}",
                                                plugin,
                                                redact.apply(line))),
                        true,
                        StandardCharsets.UTF_8);
    }

    /// Whether one more line of the log may be written for it. In a flood whoever writes a line
    /// waits a moment, as behind a pipe that is full: a line that is dropped costs the processor
    /// that others need, too. An event loop never waits.
    public boolean admitsLine() {
        if (rate.admits(System.nanoTime())) {
            return true;
        }
        dropped.increment();
        if (rate.isFlood() && Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(this, BRAKE);
        }
        return false;
    }

    /// Says how many lines were dropped lately, if any were; to be called now and then.
    public void tellDropped() {
        long lines = rate.toTell(System.nanoTime());
        if (lines > 0) {
            LOG.warn("plugin {}: {} log lines were too many and were dropped", plugin, lines);
        }
    }

    /// For how many looks in a row it has flooded the log; [#tellDropped] is such a look.
    public int floods() {
        return rate.floods();
    }

    /// How many lines were dropped so far.
    public long droppedLines() {
        return dropped.sum();
    }

    /// How often it tried which door.
    public Map<String, Long> refused() {
        var all = new TreeMap<String, Long>();
        refused.forEach((door, times) -> all.put(door, times.sum()));
        return all;
    }

    /// Where its `System.out` leads.
    PrintStream printed() {
        return printed;
    }

    /// Lets it pass where it is entitled to.
    void need(Entitlement asked) {
        if (!entitlements.allow(asked)) {
            refused("entitlement " + asked.title());
        }
        entitlements.need(asked);
    }

    void refused(String door) {
        var times = refused.computeIfAbsent(door, _ -> new LongAdder());
        times.increment();
        if (times.sum() <= TOLD_EACH) {
            LOG.warn("plugin {}: {} was refused", plugin, door);
        }
    }
}
