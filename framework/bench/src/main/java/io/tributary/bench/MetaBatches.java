package io.tributary.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.crypto.Mac;

/// WhatsApp webhooks as Meta posts them when much has come together: signed, each with up to 1,000
/// messages, from many senders
/// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications).
/// Each object hands out messages of its own.
final class MetaBatches implements Supplier<byte[]> {

    static final String APP_SECRET = "0123456789abcdef0123456789abcdef";
    static final String PHONE_NUMBER_ID = "106540352242922";
    static final String NUMBER = "+15550783881";

    /// More than one supply ever hands out.
    private static final long RANGE = 1_000_000_000L;

    private static final AtomicLong RANGES = new AtomicLong(System.currentTimeMillis());

    private final URI target;
    private final int senders;
    private final int updates;
    private final Mac mac = Hmac.of("HmacSHA256", APP_SECRET);
    private final long second = System.currentTimeMillis() / 1000;
    private long next = RANGES.getAndIncrement() * RANGE;

    /// @param updates in each webhook
    MetaBatches(URI target, int senders, int updates) {
        this.target = target;
        this.senders = senders;
        this.updates = updates;
    }

    /// So many webhooks that are made now, so that sending one costs a write.
    Supplier<byte[]> made(int count) {
        return Supply.of(this, count);
    }

    /// The next webhook, whole, as it goes over the wire.
    @Override
    public byte[] get() {
        byte[] body = body().getBytes(StandardCharsets.US_ASCII);
        return Post.of(
                target,
                body,
                "User-Agent: facebookexternalua",
                "Content-Type: application/json",
                "X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
    }

    private String body() {
        var body =
                new StringBuilder(updates * 600)
                        .append(
                                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\",\"changes\":[");
        for (int i = 0; i < updates; i++) {
            if (i > 0) {
                body.append(',');
            }
            change(next++, body);
        }
        return body.append("]}]}").toString();
    }

    private void change(long number, StringBuilder body) {
        String sender = "1415%07d".formatted(Math.floorMod(number * 7919, senders));
        body.append("{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{")
                .append("\"display_phone_number\":\"")
                .append(NUMBER, 1, NUMBER.length())
                .append("\",\"phone_number_id\":\"")
                .append(PHONE_NUMBER_ID)
                .append("\"},\"contacts\":[{\"profile\":{\"name\":\"Sheena Nelson\"},\"wa_id\":\"")
                .append(sender)
                .append("\"}],\"messages\":[{\"from\":\"")
                .append(sender)
                .append("\",\"id\":\"wamid.HBgLMTQxNTU1NTI2NzEVAgARGBI")
                .append("%032x".formatted(number * 0x9e3779b97f4a7c15L ^ number))
                .append("\",\"timestamp\":\"")
                .append(second)
                .append("\",\"type\":\"text\",\"text\":{\"body\":\"")
                .append(Webhooks.text(number))
                .append("\"}}]},\"field\":\"messages\"}");
    }
}
