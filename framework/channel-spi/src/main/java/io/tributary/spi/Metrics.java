package io.tributary.spi;

import java.time.Duration;

/// Figures of one account, shown beside the host's own. Names are lower-case words joined by dots,
/// such as `segments.sent`; there should be few of them, and never one per customer.
@HostProvided
public interface Metrics {

    /// Adds to a counter.
    ///
    /// @param by 0 or more
    void count(String name, long by);

    /// Notes how long something took.
    void time(String name, Duration took);
}
