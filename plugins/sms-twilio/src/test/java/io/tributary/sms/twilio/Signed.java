package io.tributary.sms.twilio;

import io.tributary.model.Bytes;
import io.tributary.spi.Fields;
import io.tributary.spi.WebhookRequest;
import io.tributary.twilio.PlainSignature;
import io.tributary.twilio.SignedRequests;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Webhooks as Twilio signs them.
final class Signed {

    static final String ACCOUNT = "AC" + "0".repeat(32);
    static final String TOKEN = "12345";
    static final URI DOOR = URI.create("https://hooks.example.com/channels/sms/webhook");
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /// A text from a customer.
    static final Fields TEXT =
            Fields.of("ToCountry", "US")
                    .with("SmsMessageSid", "SM1")
                    .with("NumMedia", "0")
                    .with("FromCity", "")
                    .with("SmsStatus", "received")
                    .with("Body", "héllo & 👍 ")
                    .with("To", "+15005550006")
                    .with("MessageSid", "SM1")
                    .with("AccountSid", ACCOUNT)
                    .with("From", "+15551230001")
                    .with("ApiVersion", "2010-04-01");

    private Signed() {}

    static WebhookRequest post(URI url, Fields form) {
        return WebhookRequest.of("POST", url, form.encode(), NOW)
                .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("x-twilio-signature", signature(TOKEN, url.toString(), form));
    }

    static WebhookRequest post(Fields form) {
        return post(DOOR, form);
    }

    static WebhookRequest get(URI url) {
        return WebhookRequest.of("GET", url, Bytes.EMPTY, NOW)
                .header("x-twilio-signature", signature(TOKEN, url.toString(), Fields.NONE));
    }

    /// The same webhook, as Twilio would sign it for the account of the samples.
    static WebhookRequest again(WebhookRequest webhook) {
        return webhook.header(
                "x-twilio-signature",
                signature(Sample.TOKEN, webhook.url().toString(), webhook.form()));
    }

    static Fields with(Fields fields, String name, String value) {
        var changed = Fields.NONE;
        for (var field : fields.all()) {
            if (!field.name().equals(name)) {
                changed = changed.with(field.name(), field.value());
            }
        }
        return changed.with(name, value);
    }

    static String signature(String token, String url, Fields form) {
        return PlainSignature.of(token, url, form);
    }

    static WebhookReader reader(@Nullable String publicUrl) {
        return new WebhookReader(
                new SignedRequests(
                        PlainSignature.secret(TOKEN),
                        ACCOUNT,
                        publicUrl == null ? null : URI.create(publicUrl)));
    }
}
