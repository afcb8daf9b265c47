package io.tributary.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// One kept-alive connection that asks one thing at a time and understands just enough of the
/// answers.
public final class Wire {

    private static final byte[] LENGTH = {
        'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'
    };

    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] bytes = new byte[16 * 1024];
    private int filled;

    /// Where the answer ends; 0 while its head is not complete.
    private int end;

    private ByteBuffer out = ByteBuffer.allocate(0);
    private long since;
    private long number;

    /// Connects, and asks the selector to tell when there is something to read.
    public Wire(Selector selector, URI target) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(target.getHost(), target.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /// The moment that the request under way counts from.
    long since() {
        return since;
    }

    /// Which request of the run is under way, from 0 on.
    long number() {
        return number;
    }

    /// Begins to send a request.
    ///
    /// @param from the moment that it counts from, in nanoseconds
    /// @param asNumber which one of the run it is
    public void ask(byte[] request, long from, long asNumber) throws IOException {
        since = from;
        number = asNumber;
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
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int read = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
        if (read < 0) {
            throw new IOException("the server closed the connection");
        }
        filled += read;
        if (end == 0) {
            end = end();
        }
        if (end == 0 || filled < end) {
            return 0;
        }
        filled = 0;
        end = 0;
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
    }

    private int end() {
        for (int i = 12; i + 3 < filled; i++) {
            if (bytes[i] == '\r'
                    && bytes[i + 1] == '\n'
                    && bytes[i + 2] == '\r'
                    && bytes[i + 3] == '\n') {
                return i + 4 + length(i);
            }
        }
        return 0;
    }

    /// What the head says of the body's length.
    private int length(int headEnd) {
        for (int i = 12; i < headEnd; i++) {
            if (bytes[i] == '\n' && named(i + 1)) {
                int length = 0;
                for (int j = i + 1 + LENGTH.length; bytes[j] != '\r'; j++) {
                    if (bytes[j] != ' ') {
                        length = length * 10 + bytes[j] - '0';
                    }
                }
                return length;
            }
        }
        return 0;
    }

    private boolean named(int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    /// Ends the connection.
    public void close() throws IOException {
        channel.close();
    }
}
