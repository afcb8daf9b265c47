package io.tributary.host.connections;

import io.tributary.host.accounts.GivenInbox;
import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.Slot;
import java.util.List;
import java.util.function.Consumer;

/// What one connection is given.
///
/// @param reports takes what the connection says of itself
record GivenSlot(int number, int of, GivenInbox inbox, Consumer<Health> reports) implements Slot {

    @Override
    public boolean owns(String key) {
        return Shares.of(key, of) == number;
    }

    @Override
    public void report(Health health) {
        reports.accept(health);
    }

    @Override
    public List<Outcome> deliver(Delivery delivery) throws NotStored, InterruptedException {
        return inbox.deliver(delivery);
    }

    @Override
    public void signal(Signal signal) {
        inbox.signal(signal);
    }

    @Override
    public String toString() {
        return "Slot[" + number + " of " + of + "]";
    }
}
