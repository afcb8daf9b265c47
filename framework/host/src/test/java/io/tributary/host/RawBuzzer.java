package io.tributary.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A device that does nothing by itself: it answers no pings, and reads only when it is told to.
final class RawBuzzer implements AutoCloseable {

    private static final int CLOSE = 0x88;
    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int SMALL = 4_096;
    private static final int PATIENCE = 20_000;

    private final Socket socket = new Socket();

    RawBuzzer(BuzzerMember member, String account, String query) throws IOException {
        URI url = member.url();
        // before it connects: else the network would take megabytes for it
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout(PATIENCE);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        write(
                "GET /channels/%s/connect/desk?%s HTTP/1.1\r\n".formatted(account, query)
                        + "Host: %s:%d\r\n".formatted(url.getHost(), url.getPort())
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head.toString());
        }
    }

    /// Says a short text.
    void say(String text) throws IOException {
        byte[] said = text.getBytes(StandardCharsets.US_ASCII);
        var frame = new ByteArrayOutputStream();
        frame.write(FINAL_TEXT);
        frame.write(MASKED | said.length);
        // a mask of nothing but zeros changes nothing
        frame.writeBytes(new byte[4]);
        frame.writeBytes(said);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /// Reads everything to the end, and tells with which code the other side closed; 1006: without.
    int closedWith() throws IOException {
        byte[] all = socket.getInputStream().readAllBytes();
        int at = all.length - 1;
        while (at >= 0 && (all[at] & 0xFF) != CLOSE) {
            at--;
        }
        return at < 0 || at + 4 > all.length
                ? 1006
                : (all[at + 2] & 0xFF) << 8 | (all[at + 3] & 0xFF);
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
