package io.tributary.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which slots are held and which devices are here: one holder each, in the whole cluster.
final class Presence {

    private final Set<Integer> slots = new HashSet<>();
    private final Map<String, HostedDevice> devices = new HashMap<>();

    /// @throws IllegalStateException somebody has it: it has to leave first
    synchronized void take(int slot) {
        if (!slots.add(slot)) {
            throw new IllegalStateException("slot " + slot + " has a connection already");
        }
    }

    synchronized void giveBack(int slot) {
        slots.remove(slot);
    }

    /// @return the older socket of that device, whose place it takes; null: there is none
    synchronized @Nullable HostedDevice enter(String name, HostedDevice device) {
        return devices.put(name, device);
    }

    synchronized void leave(String name, HostedDevice device) {
        devices.remove(name, device);
    }
}
