package io.tributary.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One wearable: a client of a broker (MQTT 5) that writes heart rates and hears that the broker
/// has them. Understands no more than that takes.
final class Device {

    private static final byte[] NOTHING = new byte[0];
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH_AT_LEAST_ONCE = 0x32;
    private static final int PUBACK = 0x40;
    private static final int VERSION = 5;
    private static final int CLEAN_START = 2;
    private static final int FIRST_FAILURE = 0x80;
    private static final int MOST_IDS = 65_535;

    private final SocketChannel channel;
    private final byte[] topic;
    private byte[] rest = NOTHING;
    private boolean there;
    private int published;
    private int acknowledged;

    /// @param topics what all topics begin with
    /// @param name its own
    Device(Selector selector, URI broker, String topics, String name) throws IOException {
        topic = (topics + "/" + name + "/obs").getBytes(StandardCharsets.US_ASCII);
        channel = SocketChannel.open(new InetSocketAddress(broker.getHost(), broker.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        write(CONNECT, greeting(name));
    }

    /// Whether the broker has let it in.
    boolean isThere() {
        return there;
    }

    /// How many of its messages the broker has.
    int acknowledged() {
        return acknowledged;
    }

    private static byte[] greeting(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeUTF("MQTT");
        out.write(VERSION);
        out.write(CLEAN_START);
        out.writeShort(0); // it is never asked whether it is still there
        out.write(0); // no properties
        out.writeUTF(name);
        return bytes.toByteArray();
    }

    /// Writes a message that the broker acknowledges.
    void publish(String payload) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeShort(topic.length);
        out.write(topic);
        out.writeShort(1 + published++ % MOST_IDS);
        out.write(0); // no properties
        out.write(payload.getBytes(StandardCharsets.US_ASCII));
        write(PUBLISH_AT_LEAST_ONCE, bytes.toByteArray());
    }

    /// What is said is small, and the way is free.
    private void write(int kind, byte[] body) throws IOException {
        var out = ByteBuffer.allocate(5 + body.length).put((byte) kind);
        int left = body.length;
        do {
            out.put((byte) (left > 0x7F ? (left & 0x7F) | 0x80 : left));
            left >>>= 7;
        } while (left > 0);
        out.put(body).flip();
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    /// Takes what has come.
    ///
    /// @param buffer to read into
    /// @throws IOException the broker refused it or something of it, or ended the connection
    void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new IOException("the broker ended a connection");
        }
        buffer.flip();
        byte[] all = Arrays.copyOf(rest, rest.length + buffer.remaining());
        buffer.get(all, rest.length, all.length - rest.length);
        int done = 0;
        // lengths of all that a device hears have one byte
        while (all.length - done >= 2 && all.length - done >= 2 + all[done + 1]) {
            int end = done + 2 + all[done + 1];
            hear(all[done] & 0xF0, Arrays.copyOfRange(all, done + 2, end));
            done = end;
        }
        rest = done == all.length ? NOTHING : Arrays.copyOfRange(all, done, all.length);
    }

    private void hear(int kind, byte[] body) throws IOException {
        switch (kind) {
            case CONNACK -> {
                if (body[1] != 0) {
                    throw new IOException("the broker let a device not in: " + (body[1] & 0xFF));
                }
                there = true;
            }
            case PUBACK -> {
                if (body.length > 2 && (body[2] & 0xFF) >= FIRST_FAILURE) {
                    throw new IOException("the broker took no reading: " + (body[2] & 0xFF));
                }
                acknowledged++;
            }
            default -> throw new IOException("the broker said 0x%x".formatted(kind));
        }
    }
}
