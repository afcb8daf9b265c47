package io.tributary.host.http;

import io.tributary.model.Bytes;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Puts bytes together for one write, copying each once.
final class Assembly extends OutputStream {

    private Buffer buffer = Buffer.buffer();

    Assembly ascii(String text) {
        buffer.appendString(text);
        return this;
    }

    Assembly bytes(byte[] bytes) {
        buffer.appendBytes(bytes);
        return this;
    }

    Assembly bytes(Bytes bytes) {
        try {
            bytes.writeTo(this);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    boolean isEmpty() {
        return buffer.length() == 0;
    }

    /// What was put together; begins anew, with room for as much again.
    Buffer take() {
        Buffer whole = buffer;
        buffer = Buffer.buffer(Math.min(whole.length(), 64 * 1_024));
        return whole;
    }

    @Override
    public void write(int b) {
        buffer.appendByte((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        buffer.appendBytes(bytes, offset, length);
    }
}
