package io.tributary.samples.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports that nobody listens on right now, each handed out once.
final class Ports {

    private static final int LAST = 65_000;

    private int next;

    /// @param wish the first one
    Ports(int wish) {
        next = wish;
    }

    int one() {
        while (next < LAST && !free(next)) {
            next++;
        }
        return next++;
    }

    /// The first one of two that follow each other.
    int pair() {
        while (next < LAST && !(free(next) && free(next + 1))) {
            next++;
        }
        next += 2;
        return next - 2;
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
