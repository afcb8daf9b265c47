package io.tributary.host.http;

import io.tributary.model.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/// The files of one folder for browsers. No listing, no hidden files, nothing outside of the
/// folder, also not by links.
///
/// A page may run the folder's scripts, and the one import map that stands in it; a change of the
/// file changes the policy.
final class StaticSite {

    private static final long LARGEST_WHOLE = 1 << 20;
    private static final String OPENING = "<script type=\"importmap\">";
    private static final String CLOSING = "</script>";

    private final Path root;

    /// @throws IllegalArgumentException the folder is not there
    StaticSite(Path folder) {
        try {
            this.root = folder.toRealPath();
        } catch (IOException missing) {
            throw new IllegalArgumentException(
                    "the folder to serve is not there: " + folder, missing);
        }
    }

    Answer answer(Request request) throws IOException {
        Path file = find(request.need("rest"));
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String tag =
                "\""
                        + Long.toHexString(attributes.lastModifiedTime().toMillis())
                        + "-"
                        + Long.toHexString(attributes.size())
                        + "\"";
        if (tag.equals(request.header("if-none-match"))) {
            return new Answer.Whole(
                    304, "", Bytes.EMPTY, Map.of("ETag", tag, "Cache-Control", "no-cache"));
        }
        String type = MediaTypes.ofFile(file.getFileName().toString());
        Map<String, String> headers = new HashMap<>();
        headers.put("ETag", tag);
        headers.put("Cache-Control", "no-cache");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        if (attributes.size() > LARGEST_WHOLE) {
            return new Answer.FromFile(type, file, headers);
        }
        byte[] bytes = Files.readAllBytes(file);
        if (type.startsWith("text/html")) {
            headers.put(
                    "Content-Security-Policy", policy(new String(bytes, StandardCharsets.UTF_8)));
        }
        return new Answer.Whole(200, type, Bytes.wrap(bytes), headers);
    }

    private Path find(String rest) throws IOException {
        String wanted = rest.isEmpty() || rest.endsWith("/") ? rest + "index.html" : rest;
        for (String segment : wanted.split("/", -1)) {
            if (segment.isEmpty() || segment.startsWith(".") || segment.indexOf('\\') >= 0) {
                throw Problems.notFound();
            }
        }
        try {
            Path file = root.resolve(wanted).toRealPath();
            if (file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return file;
            }
        } catch (InvalidPathException | IOException _) {
            // not there, or not a name that a file can have: the same to whoever asks
        }
        throw Problems.notFound();
    }

    private static String policy(String html) {
        String script = "'self'";
        int from = html.indexOf(OPENING);
        int to = from < 0 ? -1 : html.indexOf(CLOSING, from);
        if (to >= 0) {
            script += " '" + ProblemPages.hash(html.substring(from + OPENING.length(), to)) + "'";
        }
        return "default-src 'none'; script-src "
                + script
                + "; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
                + "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }
}
