package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A message as an SMSC delivers it, written octet by octet.
record Delivered(
        NumberForm from, NumberForm to, int esmClass, int coding, Bytes octets, Bytes parameters) {

    static Delivered text(String ascii) {
        return new Delivered(
                new NumberForm(1, 1, "15551230000"),
                new NumberForm(1, 1, "15005550006"),
                0,
                0,
                ascii(ascii),
                Bytes.EMPTY);
    }

    static Delivered hex(int coding, String octets) {
        return text("").coding(coding).octets(octets);
    }

    /// A receipt with this text.
    static Delivered receipt(String ascii) {
        return text(ascii).esmClass(0x04);
    }

    /// One of several by its header.
    static Delivered part(int reference, int number, int of, String ascii) {
        var header = "050003%02x%02x%02x".formatted(reference, of, number);
        return text("").esmClass(0x40)
                .octets(header + HexFormat.of().formatHex(ascii(ascii).toArray()));
    }

    static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    Delivered from(int ton, String digits) {
        return new Delivered(
                new NumberForm(ton, 1, digits), to, esmClass, coding, octets, parameters);
    }

    Delivered esmClass(int other) {
        return new Delivered(from, to, other, coding, octets, parameters);
    }

    Delivered coding(int other) {
        return new Delivered(from, to, esmClass, other, octets, parameters);
    }

    Delivered octets(String hex) {
        var other = Bytes.wrap(HexFormat.of().parseHex(hex));
        return new Delivered(from, to, esmClass, coding, other, parameters);
    }

    Delivered parameter(int tag, Bytes value) {
        var more = new BodyWriter().octets(parameters).parameter(tag, value).bytes();
        return new Delivered(from, to, esmClass, coding, octets, more);
    }

    Pdu pdu() {
        var body =
                new BodyWriter()
                        .text("")
                        .address(from)
                        .address(to)
                        .octet(esmClass)
                        .octet(0)
                        .octet(0)
                        .text("")
                        .text("")
                        .octet(0)
                        .octet(0)
                        .octet(coding)
                        .octet(0)
                        .octet(octets.length())
                        .octets(octets)
                        .octets(parameters)
                        .bytes();
        return Pdu.request(Pdu.DELIVER_SM, 1, body);
    }

    /// The same as a `data_sm`.
    Pdu data() {
        var body =
                new BodyWriter()
                        .text("")
                        .address(from)
                        .address(to)
                        .octet(esmClass)
                        .octet(0)
                        .octet(coding)
                        .parameter(Tags.MESSAGE_PAYLOAD, octets)
                        .octets(parameters)
                        .bytes();
        return Pdu.request(Pdu.DATA_SM, 1, body);
    }
}
