package io.tributary.bench;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.crypto.Mac;

/// SMS webhooks as a provider posts them: signed, each with an id of its own, from many senders.
/// Each object hands out messages of its own, in the order of their numbers.
public final class Webhooks implements Supplier<byte[]> {

    public static final String ACCOUNT_SID = "AC00000000000000000000000000000001";
    public static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";

    /// What a message's text begins with; its number follows.
    static final String TEXT = "Is my order ";

    public static final String NUMBER = "+15005550006";

    /// More than one supply ever hands out.
    private static final long RANGE = 1_000_000_000L;

    private static final AtomicLong RANGES = new AtomicLong(System.currentTimeMillis());

    private final URI target;
    private final int senders;
    private final long first = RANGES.getAndIncrement() * RANGE;
    private final Mac mac = Hmac.of("HmacSHA1", AUTH_TOKEN);
    private long next = first;

    /// @param target where to post, and what is signed
    public Webhooks(URI target, int senders) {
        this.target = target;
        this.senders = senders;
    }

    /// The next request, whole, as it goes over the wire.
    @Override
    public byte[] get() {
        return request(next++);
    }

    /// So many requests that are made now, so that sending one costs a write; then others that are
    /// made when they are wanted.
    public Supplier<byte[]> made(int count) {
        return Supply.of(this, count);
    }

    /// The number of the first message of this supply; the next one's is one more. It stands in the
    /// message's text.
    long first() {
        return first;
    }

    /// Who sends it.
    public String sender(long number) {
        return "+1415" + "%07d".formatted(Math.floorMod(number * 7919, senders));
    }

    /// What it says; no two say the same.
    public static String text(long number) {
        return TEXT + number + " ready? I would come by at six.";
    }

    /// One request, whole. The same number makes the same bytes, as a provider repeats itself.
    public byte[] request(long number) {
        Map<String, String> fields = fields(number);
        byte[] body = form(fields).getBytes(StandardCharsets.US_ASCII);
        return Post.of(
                target,
                body,
                "User-Agent: TwilioProxy/1.1",
                "Content-Type: application/x-www-form-urlencoded",
                "I-Twilio-Idempotency-Token: " + new UUID(number, ~number),
                "X-Twilio-Signature: " + signature(fields));
    }

    private Map<String, String> fields(long number) {
        String sid = "SM" + "%032x".formatted(number * 0x9e3779b97f4a7c15L ^ number);
        Map<String, String> fields = new TreeMap<>();
        fields.put("ToCountry", "US");
        fields.put("ToState", "CA");
        fields.put("SmsMessageSid", sid);
        fields.put("NumMedia", "0");
        fields.put("ToCity", "SAN FRANCISCO");
        fields.put("FromZip", "94105");
        fields.put("SmsSid", sid);
        fields.put("FromState", "CA");
        fields.put("SmsStatus", "received");
        fields.put("FromCity", "SAN FRANCISCO");
        fields.put("Body", text(number));
        fields.put("FromCountry", "US");
        fields.put("To", NUMBER);
        fields.put("ToZip", "94105");
        fields.put("NumSegments", "1");
        fields.put("MessageSid", sid);
        fields.put("AccountSid", ACCOUNT_SID);
        fields.put("From", sender(number));
        fields.put("ApiVersion", "2010-04-01");
        return fields;
    }

    private static String form(Map<String, String> fields) {
        var form = new StringBuilder();
        fields.forEach((name, value) ->
                form.append(form.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }

    private String signature(Map<String, String> fields) {
        var signed = new StringBuilder(target.toString());
        fields.forEach((name, value) -> signed.append(name).append(value));
        return Base64.getEncoder()
                .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
