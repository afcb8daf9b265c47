package io.tributary.host.connections;

import io.tributary.spi.Health;
import java.util.Arrays;
import java.util.function.Consumer;

/// An account's health, put together from what is known of each of its connections. Thread safe.
final class SlotHealths {

    private final Health[] slots;
    private final Consumer<Health> account;

    /// @param account is told each time something changes
    SlotHealths(int number, Consumer<Health> account) {
        this.slots = new Health[number];
        this.account = account;
        Arrays.fill(slots, Health.degraded("not connected yet"));
    }

    /// Says how it is before any of them said anything.
    synchronized void begin() {
        account.accept(together());
    }

    synchronized void report(int slot, Health health) {
        slots[slot] = health;
        account.accept(together());
    }

    /// Another member runs it, and tells how it is.
    synchronized void elsewhere(int slot) {
        report(slot, Health.up());
    }

    private Health together() {
        if (slots.length == 1) {
            return slots[0];
        }
        long up = Arrays.stream(slots).filter(each -> each.state() == Health.State.UP).count();
        if (up == slots.length) {
            return Health.up();
        }
        Health worst = slots[0];
        for (var each : slots) {
            if (each.state().compareTo(worst.state()) > 0) {
                worst = each;
            }
        }
        var text = up + " of " + slots.length + " connections are up; " + worst.text();
        return up > 0 && worst.state() != Health.State.STOPPED
                ? new Health(Health.State.DEGRADED, text, worst.action())
                : new Health(worst.state(), text, worst.action());
    }
}
