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
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// Puts load on a server from one thread, so that the generator takes as little as can be from the
/// cores it shares.
public final class Load {

    private Load() {}

    /// What came of it.
    ///
    /// @param generator seconds of processor time that the generator itself took
    /// @param latency in microseconds; of an open loop from the moment each request was due
    public record Result(
            long answered, long refused, double seconds, double generator, Histogram latency) {

        public double perSecond() {
            return answered / seconds;
        }

        public double percentileMillis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    /// Each connection asks again as soon as it is answered.
    static Result closed(URI target, int connections, Duration time, Supplier<byte[]> requests)
            throws IOException {
        return new Run(target, connections, requests, 0).during(time);
    }

    /// Requests are due at a constant rate, whether the server keeps up or not.
    public static Result open(
            URI target, int connections, Duration time, double perSecond, Supplier<byte[]> requests)
            throws IOException {
        return new Run(target, connections, requests, (long) (1e9 / perSecond)).during(time);
    }

    private static final class Run {
        private final Supplier<byte[]> requests;
        private final long gap;
        private final Selector selector = Selector.open();
        private final List<Wire> wires = new ArrayList<>();
        private final Deque<Wire> idle = new ArrayDeque<>();
        private final Histogram latency = new Histogram(60_000_000L, 3);
        private long answered;
        private long refused;

        /// @param gap nanoseconds between two requests; 0: as fast as answers come
        Run(URI target, int connections, Supplier<byte[]> requests, long gap) throws IOException {
            this.requests = requests;
            this.gap = gap;
            for (int i = 0; i < connections; i++) {
                wires.add(new Wire(selector, target));
            }
            idle.addAll(wires);
        }

        Result during(Duration time) throws IOException {
            long cpu = cpu();
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            long due = begin;
            long now = begin;
            while (now < end) {
                due = gap == 0 ? askAll(now) : askDue(due, now);
                select(gap == 0 ? 1_000_000 : Math.max(0, due - System.nanoTime()));
                now = System.nanoTime();
            }
            double seconds = (now - begin) / 1e9;
            double generator = (cpu() - cpu) / 1e9;
            for (Wire wire : wires) {
                wire.close();
            }
            selector.close();
            return new Result(answered, refused, seconds, generator, latency);
        }

        private long askAll(long now) throws IOException {
            for (Wire wire = idle.poll(); wire != null; wire = idle.poll()) {
                wire.ask(requests.get(), now);
            }
            return now;
        }

        private long askDue(long first, long now) throws IOException {
            long due = first;
            while (due <= now && !idle.isEmpty()) {
                idle.remove().ask(requests.get(), due);
                due += gap;
            }
            return due;
        }

        private void select(long nanos) throws IOException {
            if (nanos < 200_000 && gap != 0) {
                selector.selectNow();
            } else {
                selector.select(Math.max(1, nanos / 1_000_000));
            }
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
            if (!key.isReadable()) {
                return;
            }
            int status = wire.read();
            if (status == 0) {
                return;
            }
            latency.recordValue(Math.min(60_000_000L, (System.nanoTime() - wire.since()) / 1000));
            if (status < 300) {
                answered++;
            } else {
                refused++;
            }
            if (gap == 0) {
                wire.ask(requests.get(), System.nanoTime());
            } else {
                idle.add(wire);
            }
        }

        private static long cpu() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
