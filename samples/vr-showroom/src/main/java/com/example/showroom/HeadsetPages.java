package com.example.showroom;

import io.tributary.model.Bytes;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.spi.ServesPages.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The page that plays a headset. It may hold no script of its own, so the address to connect to
/// stands in its HTML.
final class HeadsetPages {

    /// The one to begin with.
    static final String FIRST = "headset.html";

    private final AccountContext context;

    HeadsetPages(AccountContext context) {
        this.context = context;
    }

    /// @return null: there is none
    @Nullable Page page(String path) {
        return switch (path) {
            case FIRST -> html();
            case "headset.js" -> page("text/javascript", read(path));
            case "headset.css" -> page("text/css", read(path));
            case "icon.svg" -> page("image/svg+xml", read(path));
            default -> null;
        };
    }

    private Page html() {
        var door = context.url(Door.CONNECT, "").toString();
        return page("text/html", read(FIRST).replace("{{door}}", door));
    }

    /// Not cached: a page that is older than its script is worse than one more request.
    private static Page page(String type, String text) {
        return new Page(type + "; charset=utf-8", Bytes.utf8(text), Duration.ZERO);
    }

    private static String read(String file) {
        try (var stream = HeadsetPages.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }
}
