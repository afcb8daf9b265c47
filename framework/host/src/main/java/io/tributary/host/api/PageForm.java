package io.tributary.host.api;

import io.tributary.host.http.Answer;
import io.tributary.model.Bytes;
import io.tributary.spi.ServesPages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// How browsers get a plugin's page: how long they keep it, in how many bytes, and what its scripts
/// may do. Thread safe.
///
/// A page may run scripts of its own origin and speak with the member's devices' door; no word of
/// script or style may stand in the HTML itself. Scripts, styles and pictures may be embedded by
/// any site: that is what widgets are for.
final class PageForm {

    /// Below that compressing gains nothing.
    private static final int SMALL = 1_024;

    private static final int REMEMBERED = 64;

    private final String policy;
    private final Map<String, Bytes> compressed =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bytes> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// @param apis where devices connect, as browsers reach it
    PageForm(URI apis) {
        String http = apis.getScheme() + "://" + apis.getRawAuthority();
        String socket = "ws" + http.substring("http".length());
        this.policy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                        + "font-src 'self'; media-src 'self' blob:; manifest-src 'self'; connect-src 'self' "
                        + socket
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// @param known the tag of what the browser has; null: nothing
    /// @param encodings that the browser takes; null: none
    Answer answer(ServesPages.Page page, @Nullable String known, @Nullable String encodings) {
        String tag = tag(page.body());
        Map<String, String> headers = headers(page, tag);
        boolean compressible = isText(page.type()) && page.body().length() >= SMALL;
        if (compressible) {
            headers.put("Vary", "Accept-Encoding");
        }
        if (known != null && known.contains(tag)) {
            return new Answer.Whole(304, "", Bytes.EMPTY, headers);
        }
        if (compressible && takesGzip(encodings)) {
            headers.put("Content-Encoding", "gzip");
            return new Answer.Whole(200, page.type(), gzip(tag, page.body()), headers);
        }
        return new Answer.Whole(200, page.type(), page.body(), headers);
    }

    private Map<String, String> headers(ServesPages.Page page, String tag) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ETag", tag);
        headers.put(
                "Cache-Control",
                page.cacheFor().isZero()
                        ? "no-store"
                        : "public, max-age=" + page.cacheFor().toSeconds());
        headers.put("Content-Security-Policy", policy);
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        headers.put("Access-Control-Allow-Origin", "*");
        return headers;
    }

    /// Weak: the same page in whatever encoding.
    private static String tag(Bytes body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(body.asBuffer());
            return "W/\"" + HexFormat.of().formatHex(digest.digest(), 0, 16) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static boolean isText(String type) {
        String bare = type.toLowerCase(Locale.ROOT);
        return bare.startsWith("text/")
                || bare.startsWith("application/json")
                || bare.startsWith("application/manifest+json")
                || bare.startsWith("image/svg+xml");
    }

    private static boolean takesGzip(@Nullable String encodings) {
        if (encodings == null) {
            return false;
        }
        for (String each : encodings.split(",", -1)) {
            String[] words = each.strip().split(";", 2);
            if (words[0].strip().equalsIgnoreCase("gzip")) {
                return words.length == 1 || !words[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private Bytes gzip(String tag, Bytes body) {
        synchronized (compressed) {
            var before = Optional.ofNullable(compressed.get(tag));
            if (before.isPresent()) {
                return before.get();
            }
        }
        var out = new ByteArrayOutputStream(body.length() / 3);
        try (var gzip = new GZIPOutputStream(out)) {
            body.writeTo(gzip);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory took no more", impossible);
        }
        Bytes made = Bytes.wrap(out.toByteArray());
        synchronized (compressed) {
            compressed.put(tag, made);
        }
        return made;
    }
}
