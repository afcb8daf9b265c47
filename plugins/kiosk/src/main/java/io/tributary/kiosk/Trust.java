package io.tributary.kiosk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Whether a device that came in may still speak. It is not looked up for each word, so somebody
/// who was revoked on another member is believed for a short time. Thread safe.
final class Trust {

    private static final Duration BELIEVED = Duration.ofSeconds(30);

    private final Devices devices;
    private final Registration registration;
    private final InstantSource clock;
    private volatile Instant until;

    /// What is found.
    enum Standing {
        WELCOME,
        EXPIRED,
        REVOKED
    }

    Trust(Devices devices, Registration registration, InstantSource clock) {
        this.devices = devices;
        this.registration = registration;
        this.clock = clock;
        this.until = believed(clock.instant());
    }

    Standing now() {
        var now = clock.instant();
        if (now.isBefore(until)) {
            return Standing.WELCOME;
        }
        if (!now.isBefore(registration.until())) {
            return Standing.EXPIRED;
        }
        if (!devices.isWelcome(registration)) {
            return Standing.REVOKED;
        }
        until = believed(now);
        return Standing.WELCOME;
    }

    /// Never longer than its token lasts.
    private Instant believed(Instant now) {
        var usual = now.plus(BELIEVED);
        return usual.isBefore(registration.until()) ? usual : registration.until();
    }
}
