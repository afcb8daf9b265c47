package io.tributary.smpp.simulator;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// One PDU on the wire.
final class Frame {

    static final int RESPONSE = 0x80000000;
    private static final int HEADER = 16;
    private static final int LONGEST = 70_000;

    final int command;
    final int status;
    final int sequence;
    final byte[] body;

    Frame(int command, int status, int sequence, byte[] body) {
        this.command = command;
        this.status = status;
        this.sequence = sequence;
        this.body = body;
    }

    /// Waits for the next one.
    static Frame read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < HEADER || length > LONGEST) {
            throw new IOException("no SMPP");
        }
        var frame = new Frame(in.readInt(), in.readInt(), in.readInt(), new byte[length - HEADER]);
        in.readFully(frame.body);
        return frame;
    }

    byte[] encode() {
        return ByteBuffer.allocate(HEADER + body.length)
                .putInt(HEADER + body.length)
                .putInt(command)
                .putInt(status)
                .putInt(sequence)
                .put(body)
                .array();
    }

    Frame answer(int how, String id) {
        return new Frame(command | RESPONSE, how, sequence, new FieldWriter().text(id).bytes());
    }

    Frame answer() {
        return new Frame(command | RESPONSE, 0, sequence, new byte[0]);
    }
}
