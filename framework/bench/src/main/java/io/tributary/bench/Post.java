package io.tributary.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Posts as they go over the wire, whole.
final class Post {

    private Post() {}

    /// @param headers further lines, each `Name: value`
    static byte[] of(URI target, byte[] body, String... headers) {
        String head =
                "POST "
                        + target.getRawPath()
                        + " HTTP/1.1\r\nHost: "
                        + target.getAuthority()
                        + "\r\nAccept: */*\r\n"
                        + String.join("\r\n", headers)
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(start.length + body.length).put(start).put(body).array();
    }
}
