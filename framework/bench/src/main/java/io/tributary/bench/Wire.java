package io.tributary.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// One kept-alive connection that asks one thing at a time and understands just enough of the
/// answers.
public final class Wire {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(16 * 1024);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private boolean waiting;
    private long since;

    /// Connects, and asks the selector to tell when there is something to read.
    public Wire(Selector selector, URI target) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(target.getHost(), target.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    boolean idle() {
        return !waiting;
    }

    /// The moment that the request under way counts from.
    long since() {
        return since;
    }

    /// Begins to send a request.
    ///
    /// @param from the moment that it counts from, in nanoseconds
    public void ask(byte[] request, long from) throws IOException {
        waiting = true;
        since = from;
        out = ByteBuffer.wrap(request);
        flush();
    }

    /// Sends what the connection did not take before.
    public void flush() throws IOException {
        channel.write(out);
        key.interestOps(
                out.hasRemaining()
                        ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                        : SelectionKey.OP_READ);
    }

    /// Reads what is there.
    ///
    /// @return the status of the answer when it is complete; 0 before
    public int read() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("the server closed the connection");
        }
        int status = complete();
        if (status > 0) {
            in.clear();
            waiting = false;
        }
        return status;
    }

    private int complete() {
        byte[] bytes = in.array();
        int end = in.position();
        for (int i = 12; i + 3 < end; i++) {
            if (bytes[i] == '\r'
                    && bytes[i + 1] == '\n'
                    && bytes[i + 2] == '\r'
                    && bytes[i + 3] == '\n') {
                return end >= i + 4 + length(bytes, i) ? status(bytes) : 0;
            }
        }
        return 0;
    }

    private static int status(byte[] bytes) {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
    }

    /// The value of content-length, whose name no other header ends with here.
    private static int length(byte[] bytes, int end) {
        for (int i = 15; i < end - 16; i++) {
            if ((bytes[i] | 0x20) == 'c'
                    && (bytes[i + 8] | 0x20) == 'l'
                    && bytes[i + 7] == '-'
                    && bytes[i + 14] == ':') {
                int length = 0;
                for (int j = i + 15; j < end && bytes[j] != '\r'; j++) {
                    if (bytes[j] != ' ') {
                        length = length * 10 + bytes[j] - '0';
                    }
                }
                return length;
            }
        }
        return 0;
    }

    public void close() throws IOException {
        channel.close();
    }
}
