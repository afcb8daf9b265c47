package io.tributary.bench;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// SMS webhooks as a provider posts them: signed, each with an id of its own, from many senders.
/// Made before they are needed, so that sending one costs a write.
public final class Webhooks {

    public static final String ACCOUNT_SID = "AC00000000000000000000000000000001";
    public static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";
    public static final String NUMBER = "+15005550006";

    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    private final URI target;
    private final int senders;
    private final Mac mac;

    /// @param target where to post, and what is signed
    public Webhooks(URI target, int senders) {
        this.target = target;
        this.senders = senders;
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(AUTH_TOKEN.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// So many requests, whole, as they go over the wire.
    public byte[][] make(int count) {
        byte[][] requests = new byte[count][];
        for (int i = 0; i < count; i++) {
            requests[i] = request(NEXT.getAndIncrement());
        }
        return requests;
    }

    /// Who sends it.
    public String sender(long number) {
        return "+1415" + "%07d".formatted(Math.floorMod(number * 7919, senders));
    }

    /// What it says; no two say the same.
    public static String text(long number) {
        return "Is my order " + number + " ready? I would come by at six.";
    }

    /// One request, whole. The same number makes the same bytes, as a provider repeats itself.
    public byte[] request(long number) {
        Map<String, String> fields = fields(number);
        byte[] body = form(fields).getBytes(StandardCharsets.US_ASCII);
        String head =
                "POST "
                        + target.getRawPath()
                        + " HTTP/1.1\r\nHost: "
                        + target.getAuthority()
                        + "\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "I-Twilio-Idempotency-Token: "
                        + new java.util.UUID(number, ~number)
                        + "\r\nX-Twilio-Signature: "
                        + signature(fields)
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[start.length + body.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
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
