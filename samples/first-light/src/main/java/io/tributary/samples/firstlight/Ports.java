package io.tributary.samples.firstlight;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports that nobody listens on right now.
final class Ports {

    private Ports() {}

    /// The first port from `wish` on that is free together with its successor.
    static int pair(int wish) {
        int port = wish;
        while (port < 65_000 && !(free(port) && free(port + 1))) {
            port += 2;
        }
        return port;
    }

    /// The first free port from `wish` on.
    static int one(int wish) {
        int port = wish;
        while (port < 65_000 && !free(port)) {
            port++;
        }
        return port;
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
