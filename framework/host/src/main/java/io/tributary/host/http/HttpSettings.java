package io.tributary.host.http;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the server listens and who may come.
///
/// @param host the address to listen on, such as `127.0.0.1` or `0.0.0.0`
/// @param port of the APIs and webhooks; 0: any free one
/// @param pagesPort of media and plugins' pages; 0: any free one
/// @param adminPort of `/admin/`, `/metrics` and health, which then are nowhere else but for
///   health; null: they are on `port`
/// @param publicUrl what providers call instead of `port`, as they see it, such as
///   `https://tributary.example.com`; null: this host and port
/// @param origins other web origins whose pages may use the APIs, such as
///   `https://desk.example.com`
/// @param openMetrics whether `/metrics` takes no token on `port`
public record HttpSettings(
        String host,
        int port,
        int pagesPort,
        @Nullable Integer adminPort,
        @Nullable URI publicUrl,
        Set<String> origins,
        TrustedProxies proxies,
        boolean openMetrics,
        HttpLimits limits) {

    /// Refuses ports that cannot be.
    public HttpSettings {
        check(port, "http.port");
        check(pagesPort, "http.pages-port");
        if (adminPort != null) {
            check(adminPort, "http.admin-port");
        }
        if (port != 0 && port == pagesPort) {
            throw new IllegalArgumentException(
                    "http.port and http.pages-port must differ: a script in a page must never reach a token");
        }
        if (adminPort != null && adminPort != 0 && (adminPort == port || adminPort == pagesPort)) {
            throw new IllegalArgumentException("http.admin-port must be a port of its own");
        }
        origins = Set.copyOf(origins);
    }

    /// The given port and the next one for pages (any free ones for 0), everything else as it is by
    /// default.
    public static HttpSettings of(String host, int port) {
        return new HttpSettings(
                host,
                port,
                port == 0 ? 0 : port + 1,
                null,
                null,
                Set.of(),
                TrustedProxies.NONE,
                false,
                HttpLimits.DEFAULT);
    }

    /// The same behind a public address.
    public HttpSettings publicUrl(URI url) {
        return new HttpSettings(
                host, port, pagesPort, adminPort, url, origins, proxies, openMetrics, limits);
    }

    /// The same for pages of these origins as well.
    public HttpSettings origins(Set<String> others) {
        return new HttpSettings(
                host, port, pagesPort, adminPort, publicUrl, others, proxies, openMetrics, limits);
    }

    /// The same with a port for operators.
    public HttpSettings adminPort(int other) {
        return new HttpSettings(
                host, port, pagesPort, other, publicUrl, origins, proxies, openMetrics, limits);
    }

    /// The same behind these proxies.
    public HttpSettings proxies(TrustedProxies others) {
        return new HttpSettings(
                host, port, pagesPort, adminPort, publicUrl, origins, others, openMetrics, limits);
    }

    /// The same within other limits.
    public HttpSettings limits(HttpLimits others) {
        return new HttpSettings(
                host, port, pagesPort, adminPort, publicUrl, origins, proxies, openMetrics, others);
    }

    private static void check(int port, String key) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(key + " must be 0 to 65535, not " + port);
        }
    }
}
