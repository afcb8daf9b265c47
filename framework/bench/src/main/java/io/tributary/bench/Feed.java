package io.tributary.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// One reader of the stream over server-sent events, who looks for nothing but the number of each
/// message: many readers share the cores with the member that is measured.
///
/// Chunks of the response end where events end, so that their heads are passed over like anything
/// else.
final class Feed {

    /// Stands once in each event, near its end.
    private static final byte[] BEFORE_NUMBER =
            ("\"fallbackText\":\"" + Webhooks.TEXT).getBytes(StandardCharsets.US_ASCII);

    private static final int[] SKIPS = skips();
    private static final String OPENED = "retry: ";

    private final SocketChannel channel;
    private final byte[] bytes = new byte[256 * 1024];
    private int filled;
    private boolean opened;

    Feed(Selector selector, URI server, String token) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
        String head =
                "GET /v1/stream HTTP/1.1\r\nHost: "
                        + server.getAuthority()
                        + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                        + token
                        + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /// Whether the member follows the log for this reader.
    boolean opened() {
        return opened;
    }

    /// Reads what is there and tells the numbers of the messages in it.
    void read(LongConsumer numbers) throws IOException {
        int read = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
        if (read < 0) {
            throw new IOException("the member ended a stream");
        }
        filled += read;
        if (!opened && !open()) {
            return;
        }
        int done = scan(numbers);
        System.arraycopy(bytes, done, bytes, 0, filled - done);
        filled -= done;
    }

    private boolean open() throws IOException {
        String head = new String(bytes, 0, filled, StandardCharsets.US_ASCII);
        if (head.length() > 12 && !head.startsWith("200", 9)) {
            throw new IOException("the member refused a stream: " + head.lines().findFirst());
        }
        opened = head.contains(OPENED);
        return opened;
    }

    /// @return how far it was understood
    private int scan(LongConsumer numbers) {
        int last = BEFORE_NUMBER.length - 1;
        int at = 0;
        while (at + last < filled) {
            byte end = bytes[at + last];
            if (end == BEFORE_NUMBER[last] && matches(at)) {
                int next = number(at + last + 1, numbers);
                if (next < 0) {
                    return at;
                }
                at = next;
            } else {
                at += SKIPS[end & 0xff];
            }
        }
        return Math.min(at, filled);
    }

    private boolean matches(int at) {
        for (int i = 0; i < BEFORE_NUMBER.length; i++) {
            if (bytes[at + i] != BEFORE_NUMBER[i]) {
                return false;
            }
        }
        return true;
    }

    /// @return where it ends; -1: not here yet
    private int number(int from, LongConsumer numbers) {
        long number = 0;
        for (int i = from; i < filled; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                numbers.accept(number);
                return i;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return -1;
    }

    /// How far the search may go on when this byte stands where the pattern would end (Horspool).
    private static int[] skips() {
        int[] skips = new int[256];
        Arrays.fill(skips, BEFORE_NUMBER.length);
        for (int i = 0; i < BEFORE_NUMBER.length - 1; i++) {
            skips[BEFORE_NUMBER[i]] = BEFORE_NUMBER.length - 1 - i;
        }
        return skips;
    }
}
