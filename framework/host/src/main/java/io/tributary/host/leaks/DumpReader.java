package io.tributary.host.leaks;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A heap dump's file, read from the front to the back.
final class DumpReader implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    private final boolean wideIds;
    private long before;

    DumpReader(Path dump) throws IOException {
        this.file = FileChannel.open(dump, StandardOpenOption.READ);
        try {
            var name = new StringBuilder();
            for (int c = u1(); c != 0; c = u1()) {
                name.append((char) c);
            }
            if (!name.toString().startsWith("JAVA PROFILE 1.0")) {
                throw new IOException("not a heap dump of a kind that is known");
            }
            this.wideIds = u4() == 8;
            skip(8);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    int idSize() {
        return wideIds ? 8 : 4;
    }

    /// Where in the file the next byte is read.
    long position() {
        return before + buffer.position();
    }

    boolean ended() throws IOException {
        return !buffer.hasRemaining() && !fill(1);
    }

    int u1() throws IOException {
        need(1);
        return buffer.get() & 0xff;
    }

    int u2() throws IOException {
        need(2);
        return buffer.getShort() & 0xffff;
    }

    int s4() throws IOException {
        need(4);
        return buffer.getInt();
    }

    long u4() throws IOException {
        return s4() & 0xffffffffL;
    }

    long s8() throws IOException {
        need(8);
        return buffer.getLong();
    }

    long id() throws IOException {
        return wideIds ? s8() : u4();
    }

    String text(int length) throws IOException {
        byte[] bytes = new byte[length];
        read(bytes, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void read(byte[] into, int length) throws IOException {
        int done = 0;
        while (done < length) {
            need(1);
            int step = Math.min(length - done, buffer.remaining());
            buffer.get(into, done, step);
            done += step;
        }
    }

    void skip(long bytes) throws IOException {
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
            return;
        }
        long to = position() + bytes;
        file.position(to);
        before = to;
        buffer.clear().flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void need(int bytes) throws IOException {
        if (buffer.remaining() < bytes && !fill(bytes)) {
            throw new EOFException("the heap dump ends in the middle");
        }
    }

    private boolean fill(int bytes) throws IOException {
        before += buffer.position();
        buffer.compact();
        while (buffer.position() < bytes) {
            if (file.read(buffer) < 0) {
                buffer.flip();
                return false;
            }
        }
        buffer.flip();
        return true;
    }
}
