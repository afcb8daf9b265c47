package io.tributary.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// Puts load on a server from one thread, so that the generator takes as little as can be from the
/// cores it shares.
public final class Load {

    /// What was due is waited for this long after the end.
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    private static final long LONGEST = 60_000_000L;

    private final List<URI> targets;
    private final int connections;
    private final Supplier<byte[]> requests;
    private final Watcher watcher;

    /// Is told of each request of a run, by its number from 0 on. Times are as [System#nanoTime()].
    interface Watcher {

        Watcher NOBODY = new Watcher() {};

        default void asked(long number, long at) {}

        default void answered(long number, long at) {}
    }

    /// What came of it.
    ///
    /// @param generator seconds of processor time that the generator itself took
    /// @param latency in microseconds; of an open loop from the moment each request was due, with
    ///   those that were not answered in time
    public record Result(
            long answered, long refused, double seconds, double generator, Histogram latency) {

        public double perSecond() {
            return answered / seconds;
        }

        public double percentileMillis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    public Load(URI target, int connections, Supplier<byte[]> requests) {
        this(List.of(target), connections, requests, Watcher.NOBODY);
    }

    /// @param targets servers that have the connections in turn
    Load(List<URI> targets, int connections, Supplier<byte[]> requests, Watcher watcher) {
        this.targets = List.copyOf(targets);
        this.connections = connections;
        this.requests = requests;
        this.watcher = watcher;
    }

    /// Each connection asks again as soon as it is answered.
    public Result closed(Duration time) throws IOException {
        return new Run(0, Long.MAX_VALUE).during(time);
    }

    /// The same for exactly so many requests.
    Result closed(long count) throws IOException {
        return new Run(0, count).during(Duration.ofHours(12));
    }

    /// Requests are due at a constant rate, whether the server keeps up or not. What was due by the
    /// end is waited for.
    public Result open(Duration time, double perSecond) throws IOException {
        return new Run((long) (1e9 / perSecond), Long.MAX_VALUE).during(time);
    }

    private final class Run {
        private final long gap;
        private final long most;
        private final Selector selector = Selector.open();
        private final List<Wire> wires = new ArrayList<>();
        private final Deque<Wire> idle = new ArrayDeque<>();
        private final Histogram latency = new Histogram(LONGEST, 3);
        private long asked;
        private long answered;
        private long refused;

        /// @param gap nanoseconds between two requests; 0: as fast as answers come
        /// @param most how many requests there are
        Run(long gap, long most) throws IOException {
            this.gap = gap;
            this.most = most;
            for (int i = 0; i < connections; i++) {
                wires.add(new Wire(selector, targets.get(i % targets.size())));
            }
            idle.addAll(wires);
        }

        Result during(Duration time) throws IOException {
            long cpu = cpu();
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            if (gap == 0) {
                closedUntil(end);
            } else {
                openUntil(begin, end);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double generator = (cpu() - cpu) / 1e9;
            for (Wire wire : wires) {
                wire.close();
            }
            selector.close();
            return new Result(answered, refused, seconds, generator, latency);
        }

        private void closedUntil(long end) throws IOException {
            askAll();
            while (System.nanoTime() - end < 0 && answered + refused < most) {
                selector.select(1);
                serveAll();
                askAll();
            }
        }

        private void askAll() throws IOException {
            while (!idle.isEmpty() && asked < most) {
                ask(idle.remove(), System.nanoTime());
            }
        }

        private void openUntil(long begin, long end) throws IOException {
            long due = begin;
            long now = begin;
            while (due - end < 0 || idle.size() < wires.size()) {
                while (due - now <= 0 && due - end < 0 && !idle.isEmpty()) {
                    ask(idle.remove(), due);
                    due += gap;
                }
                rest(due - end < 0 ? due - System.nanoTime() : 1_000_000);
                serveAll();
                now = System.nanoTime();
                if (now - end > PATIENCE) {
                    late(due, now, end);
                    return;
                }
            }
        }

        /// Waits for answers or for what is due next. A selector's time is in milliseconds; shorter
        /// times are slept through in steps, which costs little and delays an answer by at most
        /// one.
        private void rest(long nanos) throws IOException {
            if (nanos > 1_500_000) {
                selector.select(1);
                return;
            }
            if (selector.selectNow() == 0 && nanos > 30_000) {
                LockSupport.parkNanos(Math.min(nanos, 100_000));
                selector.selectNow();
            }
        }

        /// What was due and not answered has waited until now at least.
        private void late(long due, long now, long end) {
            for (Wire wire : wires) {
                if (!idle.contains(wire)) {
                    record(now - wire.since());
                }
            }
            for (long each = due; each - end < 0; each += gap) {
                record(now - each);
            }
        }

        private void ask(Wire wire, long since) throws IOException {
            byte[] request = requests.get();
            watcher.asked(asked, System.nanoTime());
            wire.ask(request, since, asked++);
        }

        private void serveAll() throws IOException {
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                    keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                serve(key, (Wire) key.attachment());
            }
        }

        private void serve(SelectionKey key, Wire wire) throws IOException {
            if (key.isWritable()) {
                wire.flush();
            }
            int status = key.isReadable() ? wire.read() : 0;
            if (status == 0) {
                return;
            }
            long now = System.nanoTime();
            record(now - wire.since());
            if (status < 300) {
                answered++;
                watcher.answered(wire.number(), now);
            } else {
                refused++;
            }
            idle.add(wire);
        }

        private void record(long nanos) {
            latency.recordValue(Math.min(LONGEST, nanos / 1000));
        }

        private static long cpu() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
