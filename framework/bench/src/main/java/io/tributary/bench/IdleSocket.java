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
import org.jspecify.annotations.Nullable;

/// One WebSocket (RFC 6455) that says one thing when it is open, hears one thing, and is there from
/// then on: it answers pings. Understands no more than that takes.
final class IdleSocket {

    private static final byte[] NOTHING = new byte[0];
    private static final String SWITCHED = "HTTP/1.1 101 ";
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    private final SocketChannel channel;
    private final byte @Nullable [] hello;
    private byte[] rest = NOTHING;
    private boolean switched;
    private boolean heard;

    /// @param from the address of this machine that it comes from
    /// @param handshake the whole request
    /// @param hello what it says then; null: nothing
    IdleSocket(
            Selector selector,
            InetSocketAddress from,
            URI member,
            String handshake,
            @Nullable String hello)
            throws IOException {
        this.hello = hello == null ? null : hello.getBytes(StandardCharsets.UTF_8);
        channel = SocketChannel.open();
        channel.bind(from);
        channel.connect(new InetSocketAddress(member.getHost(), member.getPort()));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        write(handshake.getBytes(StandardCharsets.US_ASCII));
    }

    /// Whether the member has said something since the handshake.
    boolean isThere() {
        return heard;
    }

    /// Takes what has come.
    ///
    /// @param buffer to read into
    /// @throws IOException the member refused or closed it
    void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new IOException("the member ended a socket");
        }
        buffer.flip();
        byte[] all = Arrays.copyOf(rest, rest.length + buffer.remaining());
        buffer.get(all, rest.length, all.length - rest.length);
        int done = switched ? 0 : head(all);
        while (switched && done < all.length) {
            int next = frame(all, done);
            if (next < 0) {
                break;
            }
            done = next;
        }
        rest = done == all.length ? NOTHING : Arrays.copyOfRange(all, done, all.length);
    }

    /// @return where the frames begin; 0 while the answer is not complete
    private int head(byte[] all) throws IOException {
        var text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        if (!text.startsWith(SWITCHED)) {
            throw new IOException("the member answered " + text.lines().findFirst().orElse(""));
        }
        switched = true;
        if (hello != null) {
            write(frame(TEXT, hello));
        }
        return end + 4;
    }

    /// @return where the next one begins; -1 while this one is not complete
    private int frame(byte[] all, int from) throws IOException {
        if (all.length - from < 2) {
            return -1;
        }
        int length = all[from + 1] & 0x7F;
        int begin = from + 2;
        if (length == 126) {
            if (all.length - from < 4) {
                return -1;
            }
            length = ((all[from + 2] & 0xFF) << 8) | (all[from + 3] & 0xFF);
            begin = from + 4;
        } else if (length == 127) {
            throw new IOException("the member sent more than an idle socket is told");
        }
        if (all.length - begin < length) {
            return -1;
        }
        byte[] payload = Arrays.copyOfRange(all, begin, begin + length);
        switch (all[from] & 0x0F) {
            case PING -> write(frame(PONG, payload));
            case CLOSE -> throw new IOException("the member closed a socket: " + code(payload));
            default -> heard = true;
        }
        return begin + length;
    }

    private static String code(byte[] payload) {
        return payload.length < 2
                ? "no code"
                : Integer.toString(((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF));
    }

    /// Masked by nothing but zeros, as it may be.
    private static byte[] frame(int kind, byte[] payload) {
        if (payload.length > 125) {
            throw new IllegalArgumentException("an idle socket says little");
        }
        var frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) (FINAL | kind)).put((byte) (MASKED | payload.length)).putInt(0);
        return frame.put(payload).array();
    }

    /// What is said is small, and the way is free.
    private void write(byte[] bytes) throws IOException {
        var out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                Thread.onSpinWait();
            }
        }
    }
}
