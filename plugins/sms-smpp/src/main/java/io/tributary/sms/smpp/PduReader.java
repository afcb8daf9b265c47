package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Cuts a stream into PDUs.
///
/// The length that the other side names is believed only within bounds: nothing is allocated for
/// more than the longest message of the protocol, a `message_payload` of 64 KiB and the fields
/// around it (SMPP 3.4, 5.3.2.32).
final class PduReader {

    static final int LONGEST = 70_000;

    private final DataInputStream in;

    PduReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /// Waits for the next one.
    ///
    /// @throws IOException the stream has ended, or it is no SMPP
    Pdu next() throws IOException {
        int length = in.readInt();
        if (length < Pdu.HEADER || length > LONGEST) {
            throw new IOException("what comes is no SMPP: a PDU of " + length + " octets");
        }
        int command = in.readInt();
        int status = in.readInt();
        int sequence = in.readInt();
        var body = in.readNBytes(length - Pdu.HEADER);
        if (body.length < length - Pdu.HEADER) {
            throw new EOFException("the stream ends within a PDU");
        }
        return new Pdu(command, status, sequence, Bytes.wrap(body));
    }
}
