package io.tributary.acceptance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Somebody's web site on an origin of its own, with as strict a policy as the widget's README asks
/// for, and not a word more.
///
/// `/` is a page in English, `/ar` one in Arabic, `/typed` one whose policy is stricter still,
/// `/bare` one with nothing on it but the widget; whatever else is asked for is a page, too.
record Site(HttpServer server) implements AutoCloseable {

    /// No text may become code there, not even by the page's own scripts.
    private static final String TYPED =
            "; require-trusted-types-for 'script'; trusted-types 'none'";

    /// @param apis where the widget connects
    /// @param pages where it comes from
    static Site start(URI apis, URI pages) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var socket = "ws" + apis.toString().substring("http".length());
        var policy =
                "default-src 'none'; script-src %s; connect-src %s %s; img-src %s; base-uri 'none'; form-action 'none'"
                        .formatted(pages, socket, pages, pages);
        server.createContext(
                "/",
                exchange -> {
                    var path = exchange.getRequestURI().getPath();
                    var body = page(path, pages).getBytes(StandardCharsets.UTF_8);
                    var headers = exchange.getResponseHeaders();
                    Map.of(
                                    "Content-Type",
                                    "text/html; charset=utf-8",
                                    "Content-Security-Policy",
                                    path.equals("/typed") ? policy + TYPED : policy)
                            .forEach(headers::set);
                    exchange.sendResponseHeaders(
                            path.equals("/favicon.ico") ? 404 : 200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return new Site(server);
    }

    private static String page(String path, URI pages) {
        var language = path.equals("/ar") ? "ar" : "en";
        return """
        <!DOCTYPE html>
        <html lang="%s" dir="%s"><head><title>A shop</title><meta name="viewport" content="width=device-width">
        <script src="%s/channels/web/pages/widget.js" async></script></head>
        <body>%s</body></html>
        """
                .formatted(
                        language,
                        language.equals("ar") ? "rtl" : "ltr",
                        pages,
                        path.equals("/bare")
                                ? ""
                                : "<main><h1>A shop</h1><p>Things to buy.</p></main>");
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
