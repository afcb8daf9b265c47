package io.tributary.samples.cluster;

import io.tributary.twilio.simulator.Simulator;
import io.tributary.twilio.simulator.Webhook;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Customers who write SMS all the time: the provider signs each as a webhook, sends it through the
/// front once, and every answer is counted. Thread safe.
final class Traffic implements AutoCloseable {

    /// What a message says; its number follows.
    static final String TEXT = "Message ";

    private final Simulator provider;
    private final String company;
    private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final BitSet taken = new BitSet();

    /// @param answered webhooks that an answer came for, or none in time
    /// @param failed those among them whose answer was not 2xx
    /// @param slowestMillis of all answers
    record Figures(int answered, int failed, long slowestMillis) {}

    private Traffic(Simulator provider, String company) {
        this.provider = provider;
        this.company = company;
    }

    /// Begins.
    ///
    /// @param pause of each customer between two messages
    static Traffic begin(Simulator provider, String company, int customers, Duration pause) {
        var traffic = new Traffic(provider, company);
        for (int i = 0; i < customers; i++) {
            String phone = "+1500555" + (1000 + i);
            traffic.customers.execute(() -> traffic.write(phone, pause));
        }
        return traffic;
    }

    private void write(String phone, Duration pause) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                int number = next.getAndIncrement();
                long begin = System.nanoTime();
                Webhook told = provider.text(phone, company, TEXT + number);
                note(number, told, System.nanoTime() - begin);
                Thread.sleep(pause);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(int number, Webhook told, long nanos) {
        slowest.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(nanos), Math::max);
        if (told.taken()) {
            synchronized (taken) {
                taken.set(number);
            }
        } else {
            failed.incrementAndGet();
        }
        answered.incrementAndGet();
    }

    /// Since the last call.
    Figures figures() {
        return new Figures(answered.getAndSet(0), failed.getAndSet(0), slowest.getAndSet(0));
    }

    /// The numbers of the messages that were acknowledged so far.
    BitSet taken() {
        synchronized (taken) {
            return (BitSet) taken.clone();
        }
    }

    /// Whether somebody sent it.
    boolean sent(int number) {
        return number >= 0 && number < next.get();
    }

    @Override
    public void close() {
        customers.shutdownNow();
    }
}
