package io.tributary.host.http;

import io.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/// The pages that problems' `type` leads to.
final class ProblemPages {

    private static final String STYLE =
            """
            :root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
            body{max-width:40rem;margin:3rem auto;padding:0 1rem}
            code{font-family:ui-monospace,monospace}
            dt{font-weight:600;margin-top:1rem}dd{margin:0}
            """;

    private ProblemPages() {}

    static Answer page(Request request) {
        String slug = request.need("slug");
        for (ProblemType type : ProblemType.values()) {
            if (type.slug().equals(slug)) {
                return page(type.title(), body(type));
            }
        }
        throw new Problem(
                ProblemType.NOT_FOUND, "there is no problem of this name; /problems lists all");
    }

    static Answer list() {
        var body = new StringBuilder("<ul>");
        for (ProblemType type : ProblemType.values()) {
            body.append("<li><a href=\"/problems/")
                    .append(type.slug())
                    .append("\">")
                    .append(type.title())
                    .append("</a> (")
                    .append(type.status())
                    .append(")</li>");
        }
        return page("Problems", body.append("</ul>").toString());
    }

    private static String body(ProblemType type) {
        return "<dl><dt>Status</dt><dd>"
                + type.status()
                + "</dd><dt>Type</dt><dd><code>/problems/"
                + type.slug()
                + "</code></dd><dt>What to do</dt><dd>"
                + code(escape(type.remedy()))
                + "</dd></dl>"
                + "<p><a href=\"/problems\">All problems</a></p>";
    }

    private static Answer page(String title, String body) {
        String html =
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"
                        + escape(title)
                        + " · Tributary</title><style>"
                        + STYLE
                        + "</style></head><body><main><h1>"
                        + escape(title)
                        + "</h1>"
                        + body
                        + "</main></body></html>";
        String policy =
                "default-src 'none'; style-src '"
                        + hash(STYLE)
                        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new Answer.Whole(
                200,
                "text/html; charset=utf-8",
                Bytes.utf8(html),
                Map.of("Content-Security-Policy", policy, "Cache-Control", "public, max-age=3600"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// Backticks in remedies mark code.
    private static String code(String text) {
        var html = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '`') {
                html.append(open ? "</code>" : "<code>");
                open = !open;
            } else {
                html.append(text.charAt(i));
            }
        }
        return html.toString();
    }

    /// As a Content-Security-Policy names an inline style or script.
    static String hash(String inline) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(inline.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
