package io.tributary.kiosk;

import io.tributary.spi.DeviceLink;
import io.tributary.spi.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Calls to a device that it has not answered yet. Thread safe.
final class PendingCalls {

    /// Long for a device that is there; well within the deadline of a send.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DeviceLink link;
    private final Semaphore places;
    private final Map<String, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();

    /// @param places how many calls may wait, over all devices
    PendingCalls(DeviceLink link, Semaphore places) {
        this.link = link;
        this.places = places;
    }

    /// As many calls as may wait already do; this one was not made.
    static final class Full extends IOException {

        private static final long serialVersionUID = 1;

        Full() {
            super("too many devices have yet to answer");
        }
    }

    /// Calls the device and waits.
    ///
    /// @return its result or failure; null: none came, so it may have taken the call or not
    /// @throws Full it is not called
    /// @throws IOException the device is gone, and the call surely was not taken
    @Nullable Message ask(Message.Call call) throws IOException, InterruptedException {
        if (!places.tryAcquire()) {
            throw new Full();
        }
        try {
            return answer(call);
        } finally {
            places.release();
        }
    }

    private @Nullable Message answer(Message.Call call) throws IOException, InterruptedException {
        var answer = new CompletableFuture<Message>();
        waiting.put(call.id(), answer);
        try {
            link.send(Frame.text(call.text()));
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException noAnswer) {
            return null;
        } finally {
            waiting.remove(call.id(), answer);
        }
    }

    /// A result or failure came; one that nobody waits for is passed over.
    void settle(Message answer) {
        var asked = waiting.remove(answer.id());
        if (asked != null) {
            asked.complete(answer);
        }
    }

    /// The device is gone: nobody need wait any longer.
    void end() {
        waiting.values().forEach(each -> each.completeExceptionally(new IOException("gone")));
        waiting.clear();
    }
}
