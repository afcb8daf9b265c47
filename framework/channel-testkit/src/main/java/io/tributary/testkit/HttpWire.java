package io.tributary.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// As much of HTTP/1.1 as is needed to know where a request ends.
final class HttpWire {

    private static final int LONGEST_HEAD = 64 * 1024;

    private HttpWire() {}

    /// Reads one request to its end.
    ///
    /// @return false where the client hung up before another request
    /// @throws IOException the client hung up within a request, or sends no HTTP
    static boolean skipRequest(InputStream input) throws IOException {
        var head = head(input);
        if (head.isEmpty()) {
            return false;
        }
        if (head.contains("transfer-encoding: chunked")) {
            skipChunks(input);
        } else {
            input.skipNBytes(contentLength(head));
        }
        return true;
    }

    private static String head(InputStream input) throws IOException {
        var head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = input.read();
            if (next < 0) {
                return "";
            }
            if (head.size() == LONGEST_HEAD) {
                throw new IOException("a head of more than " + LONGEST_HEAD + " bytes");
            }
            head.write(next);
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    private static long contentLength(String head) throws IOException {
        for (var line : head.lines().toList()) {
            if (line.startsWith("content-length:")) {
                try {
                    return Long.parseLong(line.substring("content-length:".length()).strip());
                } catch (NumberFormatException broken) {
                    throw new IOException("a broken content-length", broken);
                }
            }
        }
        return 0;
    }

    private static void skipChunks(InputStream input) throws IOException {
        long size;
        do {
            size = chunkSize(input);
            input.skipNBytes(size + 2);
        } while (size > 0);
    }

    private static long chunkSize(InputStream input) throws IOException {
        var digits = new StringBuilder();
        int next;
        while ((next = input.read()) != '\n') {
            if (next < 0 || digits.length() > 32) {
                throw new IOException("a broken chunk");
            }
            digits.append((char) next);
        }
        try {
            return Long.parseLong(digits.toString().strip(), 16);
        } catch (NumberFormatException broken) {
            throw new IOException("a broken chunk", broken);
        }
    }
}
