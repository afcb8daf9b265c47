package io.tributary.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a member has opened, from the ground up, and closes from the top down. Opened by one
/// thread; may be closed by any.
///
/// Whoever told a member to stop waits for half a minute, and then ends it the hard way: so a room
/// that hangs is left behind, and does not keep those below it from ending in order.
final class OpenRooms implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenRooms.class);

    private final Limits limits;
    private final Deque<Closing> open = new ArrayDeque<>();
    private long closingSince;

    OpenRooms(Limits limits) {
        this.limits = limits;
    }

    /// How long closing may take.
    ///
    /// @param all together; more only by what each that hangs after that takes at least
    /// @param most each of them
    /// @param least each of them, however late it is
    record Limits(Duration all, Duration most, Duration least) {

        static final Limits USUAL =
                new Limits(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(1));
    }

    /// @param limit that closing it may take
    private record Closing(String name, AutoCloseable room, Supplier<Duration> limit) {}

    /// @param name for the log
    <T extends AutoCloseable> T add(String name, T room) {
        // who watches the time itself has a little more than it was told, as long as there is time
        return add(name, room, () -> over() ? limits.least() : left().plus(limits.least()));
    }

    /// One that has a limit of its own.
    <T extends AutoCloseable> T add(String name, T room, Supplier<Duration> limit) {
        open.push(new Closing(name, room, limit));
        return room;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /// What a room that is being closed may take: less where others have taken most of the time
    /// before.
    Duration left() {
        // a room that does not keep to it has twice the least beside it
        Duration early = rest().minus(limits.least().multipliedBy(2));
        Duration most = early.compareTo(limits.most()) > 0 ? limits.most() : early;
        return most.compareTo(limits.least()) < 0 ? limits.least() : most;
    }

    private Duration rest() {
        return limits.all().minusNanos(System.nanoTime() - closingSince);
    }

    private boolean over() {
        return rest().compareTo(limits.least()) < 0;
    }

    /// Closes what is open. May be called again.
    ///
    /// A thread that is interrupted meanwhile is so afterwards, and closes all the same.
    @Override
    public void close() {
        closingSince = System.nanoTime();
        boolean interrupted = Thread.interrupted();
        while (!open.isEmpty()) {
            interrupted |= close(open.pop());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether the caller was interrupted meanwhile
    private boolean close(Closing closing) {
        Thread thread;
        try {
            thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("close " + closing.name())
                            .start(() -> attempt(closing));
        } catch (OutOfMemoryError noThread) {
            LOG.warn("no thread to close {}", closing.name());
            attempt(closing);
            return false;
        }
        boolean interrupted = false;
        if (!ended(thread, closing.limit().get())) {
            interrupted = Thread.interrupted();
            // what waits for others gives up now, and what has to be kept is kept without them
            thread.interrupt();
            if (!ended(thread, over() ? Duration.ZERO : limits.least())) {
                interrupted |= Thread.interrupted();
                LOG.warn("closing {} takes too long: left behind", closing.name());
            }
        }
        return interrupted;
    }

    /// @return false: not in time, or the caller is in a hurry
    private static boolean ended(Thread thread, Duration limit) {
        try {
            return thread.join(limit);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void attempt(Closing closing) {
        try {
            closing.room().close();
        } catch (Exception | Error failure) {
            // whatever it is, those below it are to be closed as well
            LOG.warn("closing {}: {}", closing.name(), failure.toString());
        }
    }
}
