package io.tributary.host.http;

import java.util.Locale;
import java.util.Map;

/// Media types: of requests, and of files by their names.
final class MediaTypes {

    static final String BINARY = "application/octet-stream";

    private static final Map<String, String> BY_ENDING =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("md", "text/markdown; charset=utf-8"));

    private MediaTypes() {}

    static String ofFile(String name) {
        int dot = name.lastIndexOf('.');
        return BY_ENDING.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), BINARY);
    }

    /// Without parameters, in lower case.
    static String bare(String contentType) {
        int end = contentType.indexOf(';');
        String bare = end < 0 ? contentType : contentType.substring(0, end);
        return bare.strip().toLowerCase(Locale.ROOT);
    }
}
