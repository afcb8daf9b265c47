package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.http.HttpLimits;
import io.tributary.host.http.HttpSettings;
import io.tributary.host.http.TrustedProxies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/// Where the member listens and how it is reached, decided before anything listens: accounts are
/// told their webhooks' addresses while they are opened.
///
/// @param apis how APIs and webhooks are reached from outside
/// @param pages how media and plugins' pages are
record Addresses(int port, int pagesPort, URI apis, URI pages) {

    static Addresses of(Configuration.Http http) throws IOException {
        Integer wanted = http.pagesPort();
        int port = http.port() == 0 ? freeBeside(wanted == null ? 0 : wanted) : http.port();
        int pagesPort =
                wanted == null
                        ? (http.port() == 0 ? freeBeside(port) : port + 1)
                        : wanted == 0 ? freeBeside(port) : wanted;
        URI apis = http.publicUrl();
        URI pages = http.pagesUrl();
        return new Addresses(
                port,
                pagesPort,
                apis == null ? at(http.host(), port) : apis,
                pages == null ? at(http.host(), pagesPort) : pages);
    }

    /// A port that is free at this moment, and another than this one: what was free a moment ago
    /// may be offered again. Somebody else may take it before the server does; then the start fails
    /// and says so.
    private static int freeBeside(int other) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            // while this one is held, no other is offered as the same
            return port == other ? freeBeside(other) : port;
        }
    }

    /// An address that is everywhere is reached here.
    private static URI at(String host, int port) {
        String name = everywhere(host) ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port);
    }

    /// Whether others than this machine's users may reach the member: it listens on more than
    /// loopback, or says itself that it is called from elsewhere.
    boolean reachableFromElsewhere(Configuration.Http http) {
        URI publicUrl = http.publicUrl();
        return !loopback(http.host())
                || (publicUrl != null && !loopback(String.valueOf(publicUrl.getHost())));
    }

    /// Whether a customer can follow a link to the pages: a member that says nothing of itself, and
    /// listens on loopback or everywhere, would name itself "localhost".
    boolean pagesReachableFromElsewhere(Configuration.Http http) {
        return http.pagesUrl() != null || !(everywhere(http.host()) || loopback(http.host()));
    }

    private static boolean everywhere(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static boolean loopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /// @param upload the largest body of an upload in bytes: one has room in any case
    HttpSettings settings(Configuration.Http http, long upload) {
        HttpLimits usual = HttpLimits.DEFAULT;
        return new HttpSettings(
                http.host(),
                port,
                pagesPort,
                http.adminPort(),
                http.publicUrl() == null ? apis : http.publicUrl(),
                http.corsOrigins(),
                TrustedProxies.of(http.trustedProxies()),
                http.openMetrics(),
                usual.webhookBody((int) Math.min(Integer.MAX_VALUE, http.bodyLimit()))
                        .bodies(Math.max(usual.bodies(), Math.max(upload, http.bodyLimit()))));
    }
}
