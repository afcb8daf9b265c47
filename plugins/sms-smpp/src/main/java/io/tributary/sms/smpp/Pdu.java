package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.nio.ByteBuffer;

/// One protocol data unit: a header of 16 octets and a body (SMPP 3.4, 3.2).
///
/// @param command which operation; the highest bit says that it is a response
/// @param status of a response; 0 in requests
/// @param sequence what a response has in common with its request
record Pdu(int command, int status, int sequence, Bytes body) {

    static final int HEADER = 16;

    /// Responses bear their request's id and this bit.
    static final int RESPONSE = 0x80000000;

    static final int GENERIC_NACK = RESPONSE;
    static final int BIND_RECEIVER = 0x01;
    static final int BIND_TRANSMITTER = 0x02;
    static final int SUBMIT_SM = 0x04;
    static final int DELIVER_SM = 0x05;
    static final int UNBIND = 0x06;
    static final int BIND_TRANSCEIVER = 0x09;
    static final int OUTBIND = 0x0B;
    static final int ENQUIRE_LINK = 0x15;
    static final int ALERT_NOTIFICATION = 0x102;
    static final int DATA_SM = 0x103;

    static Pdu request(int command, int sequence, Bytes body) {
        return new Pdu(command, CommandStatus.OK, sequence, body);
    }

    boolean isResponse() {
        return (command & RESPONSE) != 0;
    }

    /// What answers this request.
    Pdu response(int how, Bytes with) {
        return new Pdu(command | RESPONSE, how, sequence, with);
    }

    /// What says that this is no request that we know.
    Pdu refused(int how) {
        return new Pdu(GENERIC_NACK, how, sequence, Bytes.EMPTY);
    }

    byte[] encode() {
        int length = HEADER + body.length();
        return ByteBuffer.allocate(length)
                .putInt(length)
                .putInt(command)
                .putInt(status)
                .putInt(sequence)
                .put(body.asBuffer())
                .array();
    }

    /// Which and how long: the body is what a customer said, or a password.
    @Override
    public String toString() {
        return "Pdu[0x%08x, status 0x%x, sequence %d, %s]"
                .formatted(command, status, sequence, body);
    }
}
