package io.tributary.webchat;

import io.tributary.model.Bytes;
import io.tributary.spi.AccountContext;
import io.tributary.spi.ServesPages.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one script that a site embeds: settings, words, style and code in one, so that it needs no
/// second request and no permission but its own. Made when it is first asked for. Thread safe.
final class Widget {

    static final String SCRIPT = "widget.js";

    /// In the order in which they build on each other.
    private static final List<String> SOURCES =
            List.of(
                    "words.js",
                    "store.js",
                    "nodes.js",
                    "content.js",
                    "forms.js",
                    "socket.js",
                    "outbox.js",
                    "files.js",
                    "panel.js",
                    "invitations.js",
                    "chat.js");

    private static final String TYPE = "text/javascript; charset=utf-8";

    /// Changed settings reach visitors within this time.
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final AccountContext context;
    private final long largestFile;
    private volatile @Nullable Bytes script;

    Widget(AccountContext context, long largestFile) {
        this.context = context;
        this.largestFile = largestFile;
    }

    @Nullable Page page(String path) {
        if (!path.equals(SCRIPT)) {
            return null;
        }
        var made = script;
        if (made == null) {
            made = make();
            script = made;
        }
        return new Page(TYPE, made, KEPT);
    }

    private Bytes make() {
        var code = new StringBuilder("(function () {\n\"use strict\";\nconst SETTINGS = ");
        code.append(new WidgetSettings(context, largestFile).json());
        code.append(";\nconst STYLE = ");
        code.append(StrictJson.MAPPER.writeValueAsString(source("style.css"))).append(";\n");
        for (var name : SOURCES) {
            code.append(source(name));
        }
        return Bytes.utf8(code.append("})();\n").toString());
    }

    private static String source(String name) {
        try (var stream = Widget.class.getResourceAsStream("widget/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("widget/" + name + " is not in the plugin's jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read widget/" + name, unreadable);
        }
    }
}
