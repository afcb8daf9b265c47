package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.spi.WebhookRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What nobody should send and somebody will.
final class Hostile {

    private static final int LARGE = 256 * 1024;
    private static final int DEEP = 100_000;

    private Hostile() {}

    /// Bodies that break careless parsers, by name.
    static Map<String, Bytes> bodies(Bytes good) {
        var bodies = new LinkedHashMap<String, Bytes>();
        bodies.put("nothing", Bytes.EMPTY);
        bodies.put("NULs", Bytes.utf8("\0".repeat(1_000)));
        bodies.put("half of it", good.slice(0, good.length() / 2));
        bodies.put("it twice", Bytes.utf8(good.utf8() + good.utf8()));
        bodies.put("percent signs", Bytes.utf8("%".repeat(LARGE)));
        bodies.put("ampersands", Bytes.utf8("&".repeat(LARGE)));
        bodies.put("equals signs", Bytes.utf8("=".repeat(LARGE)));
        bodies.put("deep arrays", Bytes.utf8("[".repeat(DEEP)));
        bodies.put("deep objects", Bytes.utf8("{\"a\":".repeat(DEEP)));
        bodies.put("deep elements", Bytes.utf8("<a>".repeat(DEEP)));
        bodies.put("an endless number", Bytes.utf8("9".repeat(LARGE)));
        bodies.put("an endless field", Bytes.utf8("a=" + "a".repeat(LARGE)));
        bodies.put("no UTF-8", Bytes.of(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF}));
        bodies.put("surrogates", Bytes.of(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
        bodies.put("noise", Bytes.wrap(noise()));
        return bodies;
    }

    /// Requests whose signature is not the provider's: each bit of it flipped, cut, doubled, left
    /// out, of another body.
    static Map<String, WebhookRequest> forgeries(
            WebhookRequest good, String header, boolean signsBody) {
        var signature = good.need(header);
        var forgeries = new LinkedHashMap<String, WebhookRequest>();
        forgeries.put("without signature", good.withoutHeader(header));
        forgeries.put("with an empty signature", good.header(header, ""));
        forgeries.put("with a blank more", good.header(header, signature + " "));
        forgeries.put(
                "with a shorter signature",
                good.header(header, signature.substring(0, signature.length() - 1)));
        forgeries.put("with the signature twice", good.header(header, signature + signature));
        forgeries.put("with an endless signature", good.header(header, "a".repeat(LARGE)));
        for (int at = 0; at < signature.length(); at++) {
            for (int bit = 0; bit < 7; bit++) {
                var flipped = new StringBuilder(signature);
                flipped.setCharAt(at, (char) (signature.charAt(at) ^ 1 << bit));
                forgeries.put(
                        "with bit " + bit + " of character " + at + " of the signature flipped",
                        good.header(header, flipped.toString()));
            }
        }
        if (signsBody) {
            forgeries.putAll(otherBodies(good));
        }
        return forgeries;
    }

    /// Texts for everything that is cut into segments.
    static List<String> texts() {
        var texts = new ArrayList<String>();
        texts.add("");
        texts.add("short");
        texts.add("[]{}|~^\\€");
        texts.add("\r\n\f\0");
        for (var letter : List.of("a", "€", "é", "Ω", "漢", "👍", "👩‍👩‍👧‍👦", "é")) {
            for (int times : new int[] {1, 66, 67, 69, 70, 71, 152, 153, 159, 160, 161, 1_000}) {
                texts.add(letter.repeat(times));
                texts.add("x" + letter.repeat(times));
            }
        }
        return texts;
    }

    private static Map<String, WebhookRequest> otherBodies(WebhookRequest good) {
        var others = new LinkedHashMap<String, WebhookRequest>();
        var body = good.body();
        others.put("with a longer body", good.body(Bytes.utf8(body.utf8() + "&a=b")));
        for (int at = 0; at < body.length(); at++) {
            var flipped = body.toArray();
            flipped[at] ^= 1;
            others.put("with a bit of byte " + at + " flipped", good.body(Bytes.wrap(flipped)));
        }
        return others;
    }

    private static byte[] noise() {
        var noise = new byte[4_096];
        new Random(42).nextBytes(noise);
        return noise;
    }
}
