package io.tributary.webchat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What the widget is still to say that it has. Thread safe.
final class Confirmations {

    /// Longer than any round trip; who is silent for longer is cut off.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Map<String, Confirmation> awaited = new ConcurrentHashMap<>();
    private volatile boolean ended;

    /// One that is awaited.
    static final class Confirmation {

        private final CountDownLatch decided = new CountDownLatch(1);
        private volatile boolean given;

        private void decide(boolean has) {
            given = has;
            decided.countDown();
        }

        /// Waits for it.
        boolean isGiven() throws InterruptedException {
            return decided.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && given;
        }
    }

    /// To be called before the message goes out.
    Confirmation await(String key) {
        var confirmation = new Confirmation();
        awaited.put(key, confirmation);
        if (ended) {
            confirmation.decide(false);
        }
        return confirmation;
    }

    void confirm(String key) {
        var confirmation = awaited.get(key);
        if (confirmation != null) {
            confirmation.decide(true);
        }
    }

    void forget(String key) {
        awaited.remove(key);
    }

    /// Nobody will say anything any more.
    void end() {
        ended = true;
        awaited.values().forEach(each -> each.decide(false));
    }
}
