package io.tributary.host;

import io.tributary.host.connections.Connections;
import io.tributary.host.devices.DeviceSockets;

/// Has connections and devices leave side by side: each takes its time (guarantees 15, 21).
record Farewell(Connections connections, DeviceSockets devices) implements AutoCloseable {

    @Override
    public void close() {
        var leaving = Thread.ofVirtual().name("connections leave").start(connections::close);
        devices.close();
        try {
            leaving.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
