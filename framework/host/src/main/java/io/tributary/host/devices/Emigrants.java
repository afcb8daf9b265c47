package io.tributary.host.devices;

import io.tributary.host.journal.JournalUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Devices that had a socket here and came back to another member. The one here may look alive for
/// long, and its device would wait on it for messages that go elsewhere. Thread safe.
final class Emigrants {

    /// Commits of other members are seen later than the time that stands in them.
    private static final Duration LATE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Emigrants.class);

    private final DeviceRows rows;
    private final DeviceRegistry registry;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Instant since;

    Emigrants(DeviceRows rows, DeviceRegistry registry) {
        this.rows = rows;
        this.registry = registry;
        this.since = rows.clock().instant();
    }

    /// Closes the sockets of those that went since the last look; returns at once.
    void look() {
        // a thousand of them are not to keep whoever asks
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("devices elsewhere").start(this::close);
        }
    }

    /// Closes the sockets of all whose row names another one, or that have none any more: a
    /// fail-over may have lost it. Returns at once.
    void lookAtAll() {
        Thread.ofVirtual()
                .name("devices here")
                .start(() -> {
                    try {
                        for (var here : registry.all()) {
                            if (!rows.newest(here.account(), here.name(), here.key())) {
                                here.replaced();
                            }
                        }
                    } catch (JournalUnavailable away) {
                        LOG.debug("devices are looked at later", away);
                    }
                });
    }

    private void close() {
        try {
            var now = rows.clock().instant();
            for (var row : rows.cameElsewhere(since.minus(LATE))) {
                var here = registry.find(row.account(), row.device());
                // read anew: one that is found here was noted before, so what is newer is elsewhere
                if (here != null
                        && !here.key().equals(row.socket())
                        && rows.elsewhere(row.account(), row.device())) {
                    here.replaced();
                }
            }
            since = now;
        } catch (JournalUnavailable away) {
            LOG.debug("devices are looked for later", away);
        } finally {
            looking.set(false);
        }
    }
}
