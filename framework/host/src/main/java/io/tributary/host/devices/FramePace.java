package io.tributary.host.devices;

import java.time.Duration;

/// How fast one socket's frames are read: as they come, until they are too many; then at the rate
/// that is allowed. The device's sending slows down by itself, and nothing is lost. Used by one
/// thread at a time.
final class FramePace {

    private final long between;
    private final long most;
    private long paidUntil;

    FramePace(DeviceLimits limits) {
        this.between = 1_000_000_000L / limits.framesPerSecond();
        this.most = between * limits.burst();
        this.paidUntil = System.nanoTime() - most;
    }

    /// Counts one frame.
    ///
    /// @param now of `System.nanoTime()`
    /// @return how long to wait before the next is read
    Duration after(long now) {
        if (now - paidUntil > most) {
            paidUntil = now - most;
        }
        paidUntil += between;
        return paidUntil - now > 0 ? Duration.ofNanos(paidUntil - now) : Duration.ZERO;
    }
}
