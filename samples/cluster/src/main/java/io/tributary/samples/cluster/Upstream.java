package io.tributary.samples.cluster;

import io.vertx.core.net.SocketAddress;
import java.net.URI;

/// A member as the front sees it.
final class Upstream {

    private final SocketAddress address;
    private volatile boolean ready;

    Upstream(URI member) {
        address = SocketAddress.inetSocketAddress(member.getPort(), member.getHost());
    }

    SocketAddress address() {
        return address;
    }

    /// Whether it is to be sent anything.
    boolean ready() {
        return ready;
    }

    void ready(boolean now) {
        ready = now;
    }
}
