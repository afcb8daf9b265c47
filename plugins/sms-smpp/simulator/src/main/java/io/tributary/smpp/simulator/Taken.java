package io.tributary.smpp.simulator;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A message that was submitted and taken.
///
/// @param octets of the message in hexadecimal, header and all
public record Taken(
        String id,
        String from,
        String to,
        int esmClass,
        int coding,
        boolean wantsReceipt,
        String validity,
        String octets) {

    private static final int WITH_HEADER = 0x40;
    private static final int UCS2 = 8;

    static Taken of(String id, byte[] body) {
        var in = new FieldReader(body);
        in.text();
        var from = in.address();
        var to = in.address();
        int esmClass = in.octet();
        in.bytes(2);
        in.text();
        var validity = in.text();
        boolean wantsReceipt = (in.octet() & 1) == 1;
        in.octet();
        int coding = in.octet();
        in.octet();
        var octets = in.bytes(in.octet());
        if (octets.length == 0) {
            octets = in.parameter(Letter.MESSAGE_PAYLOAD);
        }
        return new Taken(
                id,
                from,
                to,
                esmClass,
                coding,
                wantsReceipt,
                validity,
                HexFormat.of().formatHex(octets));
    }

    /// Without the header; of the default alphabet only what is ASCII, too.
    public String text() {
        var bytes = HexFormat.of().parseHex(octets);
        int begin = (esmClass & WITH_HEADER) == 0 ? 0 : 1 + bytes[0];
        var charset = coding == UCS2 ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII;
        return new String(bytes, begin, bytes.length - begin, charset);
    }
}
