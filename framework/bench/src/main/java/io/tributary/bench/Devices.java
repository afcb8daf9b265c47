package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Many wearables on one thread, that measure in turn, so many readings a second together.
final class Devices implements AutoCloseable, SelectorLoop.Work {

    /// A broker is not to be knocked down.
    private static final int AT_THE_DOOR = 64;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long REST_MILLIS = 20;
    private static final int LEAST_RATE = 60;
    private static final int RATES = 60;

    private final SelectorLoop loop = new SelectorLoop("devices", this);
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final InstantSource clock = InstantSource.system();
    private final URI broker;
    private final String topics;
    private final int count;
    private final Duration window;
    private final AtomicInteger there = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong windows = new AtomicLong();
    private volatile Measuring measuring = new Measuring(0, 0, 1);

    /// On the loop's thread.
    private final List<Device> devices = new ArrayList<>();

    private final long[] lastWindows;

    /// @param begin on the machine's clock of nanoseconds
    /// @param most how many readings there are to be
    private record Measuring(long begin, long most, int perSecond) {

        long due(long now) {
            return Math.min(most, (long) ((now - begin) * (perSecond / 1e9)));
        }
    }

    private Devices(URI broker, String topics, int count, Duration window) throws IOException {
        this.broker = broker;
        this.topics = topics;
        this.count = count;
        this.window = window;
        this.lastWindows = new long[count];
    }

    /// So many, which the broker has let in when this returns.
    ///
    /// @param topics what all topics begin with
    /// @param window within which their readings are told together
    static Devices open(URI broker, String topics, int count, Duration window) throws IOException {
        var devices = new Devices(broker, topics, count, window);
        devices.loop.start();
        try {
            devices.loop.await(
                    () -> devices.there.get() == count,
                    PATIENCE,
                    () -> "only %d of %d were let in".formatted(devices.there.get(), count));
            return devices;
        } catch (IOException broken) {
            devices.close();
            throw broken;
        }
    }

    /// From now on.
    void measure(int perSecond, long readings) {
        measuring = new Measuring(System.nanoTime(), readings, perSecond);
    }

    /// Waits until so many readings are sent, and the broker has them.
    void awaitSent(long readings, Duration patience) throws IOException {
        loop.await(
                () -> acknowledged.get() >= readings,
                patience,
                () -> "of %d readings the broker has %d".formatted(sent.get(), acknowledged.get()));
    }

    /// Readings that were sent so far.
    long sent() {
        return sent.get();
    }

    /// Windows of devices in which something was measured: so many averages there are to be.
    long windows() {
        return windows.get();
    }

    /// Seconds of processor time that all this took so far.
    double cpuSeconds() {
        return loop.cpuSeconds();
    }

    @Override
    public long turn(Selector selector) throws IOException {
        while (devices.size() < count && devices.size() - there.get() < AT_THE_DOOR) {
            devices.add(new Device(selector, broker, topics, "band-" + devices.size()));
        }
        Measuring now = measuring;
        for (long due = now.due(System.nanoTime()); sent.get() < due; ) {
            measured(sent.getAndIncrement());
        }
        return now.most() > sent.get() ? 1 : REST_MILLIS;
    }

    private void measured(long number) throws IOException {
        int which = (int) (number % count);
        Instant at = clock.instant();
        long in = Math.floorDiv(at.toEpochMilli(), window.toMillis());
        if (lastWindows[which] != in) {
            lastWindows[which] = in;
            windows.incrementAndGet();
        }
        devices.get(which).publish(heartRate(number, at));
    }

    private static String heartRate(long number, Instant at) {
        return """
        {"resourceType":"Observation","identifier":[{"value":"r%d"}],"status":"final",\
        "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},"effectiveDateTime":"%s",\
        "valueQuantity":{"value":%d,"system":"http://unitsofmeasure.org","code":"/min"}}\
        """
                .formatted(number, Mqtt.HEART_RATE, at, LEAST_RATE + number % RATES);
    }

    @Override
    public void serve(SelectionKey key) throws IOException {
        var device = (Device) key.attachment();
        boolean before = device.isThere();
        int had = device.acknowledged();
        device.read(buffer);
        acknowledged.addAndGet(device.acknowledged() - had);
        if (!before && device.isThere()) {
            there.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }
}
