package io.tributary.testkit;

import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.Slot;
import java.util.List;

/// One slot, as one connection is given it.
final class FakeSlot implements Slot {

    private final FakeHost host;
    private final FakeInbox inbox;
    private final int number;
    private final int of;
    private volatile boolean up;
    private volatile boolean over;

    FakeSlot(FakeHost host, FakeInbox inbox, int number, int of) {
        this.host = host;
        this.inbox = inbox;
        this.number = number;
        this.of = of;
    }

    /// Whether it is given messages now (guarantee 14).
    boolean up() {
        return up && !over;
    }

    /// The connection says no more of itself, and is given no more messages.
    void over() {
        over = true;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public int of() {
        return of;
    }

    @Override
    public boolean owns(String key) {
        return Shares.of(key, of) == number;
    }

    @Override
    public void report(Health health) {
        if (!over) {
            up = health.state() == Health.State.UP;
            host.report(health);
        }
    }

    @Override
    public List<Outcome> deliver(Delivery delivery) throws NotStored, InterruptedException {
        return inbox.deliver(delivery);
    }

    @Override
    public void signal(Signal signal) {
        inbox.signal(signal);
    }
}
