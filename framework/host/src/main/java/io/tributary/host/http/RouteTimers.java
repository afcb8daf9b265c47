package io.tributary.host.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// How long the requests of one route took, by status. One array read per request.
final class RouteTimers {

    private static final int STATUSES = 600;

    private final MeterRegistry registry;
    private final String method;
    private final String template;
    private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(STATUSES);

    RouteTimers(MeterRegistry registry, String method, String template) {
        this.registry = registry;
        this.method = method;
        this.template = template;
    }

    /// @param began as of `System.nanoTime()`
    void record(int status, long began) {
        int slot = status >= 0 && status < STATUSES ? status : 0;
        Timer timer = timers.get(slot);
        if (timer == null) {
            timer = make(status);
            timers.set(slot, timer);
        }
        timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    /// The registry gives the same timer to whoever asks at the same time.
    private Timer make(int status) {
        return Timer.builder("tributary.http.requests")
                .description("Requests answered, by route and status")
                .tag("method", method)
                .tag("route", template)
                .tag("status", Integer.toString(status))
                .register(registry);
    }
}
