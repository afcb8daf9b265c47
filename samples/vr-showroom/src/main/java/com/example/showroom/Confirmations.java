package com.example.showroom;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Who waits for a headset to say that it shows a message. Those who wait and those who tell are on
/// different threads.
final class Confirmations {

    private final Map<String, BlockingQueue<Boolean>> waiting = new ConcurrentHashMap<>();

    /// How something is sent.
    @FunctionalInterface
    interface Sending<X extends Exception> {
        void send() throws X;
    }

    /// Sends something and waits for its confirmation.
    ///
    /// @return whether it came in time
    <X extends Exception> boolean after(Sending<X> sending, String key, Duration patience)
            throws X, InterruptedException {
        var answer = new ArrayBlockingQueue<Boolean>(1);
        waiting.put(key, answer);
        try {
            sending.send();
            return Boolean.TRUE.equals(answer.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        } finally {
            waiting.remove(key, answer);
        }
    }

    /// The headset shows it.
    ///
    /// @return whether somebody waited for that
    boolean confirm(String key) {
        var answer = waiting.remove(key);
        return answer != null && answer.offer(true);
    }

    /// The headset is gone: nobody needs to wait any longer.
    void end() {
        waiting.values().forEach(answer -> answer.offer(false));
    }
}
