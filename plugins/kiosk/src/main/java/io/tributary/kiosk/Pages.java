package io.tributary.kiosk;

import io.tributary.model.Bytes;
import io.tributary.spi.ServesPages.Page;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kiosk's page: what lies in the jar, and what it needs to know of the account.
final class Pages {

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /// By path, so that nothing else of the jar is served.
    private static final Map<String, String> TYPES =
            Map.of(
                    "kiosk.html", "text/html; charset=utf-8",
                    "kiosk.css", "text/css; charset=utf-8",
                    "kiosk.js", SCRIPT,
                    "screen.js", SCRIPT,
                    "socket.js", SCRIPT,
                    "store.js", SCRIPT,
                    "words.js", SCRIPT);

    /// Stands in the page where its own address goes: it is the same with and without a slash
    /// behind it, so that nothing in it can be relative.
    private static final String OWN = "@pages@";

    private final Welcome welcome;
    private final String own;

    Pages(Welcome welcome) {
        this.welcome = welcome;
        this.own = welcome.pages().getRawPath();
    }

    @Nullable Page page(String path) throws IOException {
        if (path.equals("account.json")) {
            return fresh("application/json", Bytes.utf8(WireJson.write(welcome.page())));
        }
        var file = path.isEmpty() ? "kiosk.html" : path;
        var type = TYPES.get(file);
        if (type == null) {
            return null;
        }
        var body = read(file);
        return fresh(
                type, file.endsWith(".html") ? Bytes.utf8(body.utf8().replace(OWN, own)) : body);
    }

    /// After an upgrade a kiosk that is loaded again is the new one, all of it.
    private static Page fresh(String type, Bytes body) {
        return new Page(type, body, Duration.ZERO);
    }

    private static Bytes read(String file) throws IOException {
        try (var stream = Pages.class.getResourceAsStream("page/" + file)) {
            if (stream == null) {
                throw new IOException("page/" + file + " is missing from the jar");
            }
            return Bytes.wrap(stream.readAllBytes());
        }
    }
}
