package io.tributary.kiosk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The account's devices that are connected to this member. Thread safe.
final class LiveSessions {

    private final Map<String, KioskSession> byDevice = new ConcurrentHashMap<>();

    /// A newer socket of a device takes the place of the older.
    void came(String device, KioskSession session) {
        byDevice.put(device, session);
    }

    void left(String device, KioskSession session) {
        byDevice.remove(device, session);
    }

    @Nullable KioskSession of(String device) {
        return byDevice.get(device);
    }

    int size() {
        return byDevice.size();
    }
}
