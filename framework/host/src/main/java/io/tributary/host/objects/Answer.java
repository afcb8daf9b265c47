package io.tributary.host.objects;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/// What a store answered; to be closed.
///
/// @param code of an error (Amazon S3 API Reference, "Error responses"); empty: it named none
/// @param bytes that it announced; -1: it did not
/// @param body of what is no error; ends with an exception where it comes too late
record Answer(int status, String code, long bytes, InputStream body) implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,64})</Code>");
    private static final int LONGEST_ERROR = 4_096;

    /// @param whole how long the body may take
    static Answer of(HttpResponse<InputStream> response, Duration whole) throws IOException {
        long bytes = response.headers().firstValueAsLong("content-length").orElse(-1);
        InputStream body = new TimedStream(response.body(), whole);
        if (response.statusCode() < 300) {
            return new Answer(response.statusCode(), "", bytes, body);
        }
        try (body) {
            var said = new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
            var code = CODE.matcher(said);
            return new Answer(
                    response.statusCode(),
                    code.find() ? code.group(1) : "",
                    bytes,
                    InputStream.nullInputStream());
        }
    }

    /// Whether the same may work in a moment.
    boolean passing() {
        return status >= 500 || status == 429 || status == 408 || code.equals("RequestTimeout");
    }

    /// The bucket is there and the object is not. Who merely says 404 may be anybody on the way to
    /// the store, and without its bucket a store knows nothing of objects.
    boolean lacksObject() {
        return status == 404 && code.equals("NoSuchKey");
    }

    /// Such as `403 AccessDenied`.
    String said() {
        return code.isEmpty() ? Integer.toString(status) : status + " " + code;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
