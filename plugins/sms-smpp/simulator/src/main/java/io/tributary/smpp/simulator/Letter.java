package io.tributary.smpp.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Something to deliver: a message of a customer, or a receipt.
final class Letter {

    static final int MESSAGE_PAYLOAD = 0x0424;
    private static final int RECEIPT = 0x04;
    private static final int UCS2 = 8;
    private static final int LONGEST = 254;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    final String text;
    final byte[] body;

    private Letter(String text, byte[] body) {
        this.text = text;
        this.body = body;
    }

    static Letter said(String from, String to, String text) {
        boolean plain =
                text.chars().allMatch(each -> each >= ' ' && each <= 'z' && each != '`')
                        && text.chars().noneMatch(each -> "$@[\\]^_".indexOf(each) >= 0);
        var octets = text.getBytes(plain ? StandardCharsets.US_ASCII : StandardCharsets.UTF_16BE);
        return of(from, to, 0, plain ? 0 : UCS2, octets, text);
    }

    static Letter of(String from, String to, int esmClass, int coding, byte[] octets, String text) {
        boolean payload = octets.length > LONGEST;
        var out =
                address(address(new FieldWriter().text(""), from), to)
                        .octets(esmClass, 0, 0)
                        .text("")
                        .text("")
                        .octets(0, 0, coding, 0, payload ? 0 : octets.length);
        if (payload) {
            out.octets(MESSAGE_PAYLOAD >> 8, MESSAGE_PAYLOAD, octets.length >> 8, octets.length);
        }
        return new Letter(text, out.bytes(octets).bytes());
    }

    static Letter receipt(Taken about, String id, String state) {
        var now = MINUTES.format(Instant.now());
        var words =
                "id:%s sub:001 dlvrd:001 submit date:%s done date:%s stat:%s err:%s text:"
                        .formatted(id, now, now, state, state.equals("DELIVRD") ? "000" : "034");
        var octets = words.getBytes(StandardCharsets.US_ASCII);
        return of(about.to(), about.from(), RECEIPT, 0, octets, "");
    }

    private static FieldWriter address(FieldWriter out, String address) {
        return address.startsWith("+")
                ? out.octets(1, 1).text(address.substring(1))
                : out.octets(0, 1).text(address);
    }
}
