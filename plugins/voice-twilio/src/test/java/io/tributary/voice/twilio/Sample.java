package io.tributary.voice.twilio;

import io.tributary.model.Actor;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Conversation;
import io.tributary.spi.Fields;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import io.tributary.twilio.PlainSignature;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// An account that works, and what Twilio says to it.
final class Sample {

    static final String ACCOUNT = "AC" + "0".repeat(32);
    static final String TOKEN = "the-auth-token";
    static final String LINE = "+15005550006";
    static final String CUSTOMER = "+15551230001";
    static final String AGENT = "sip:ada@desk.example.com";
    static final String CALL = "CA" + "1".repeat(32);
    static final String LEG = "CA" + "2".repeat(32);
    static final String KEY = "0199-key-1";
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final Actor ADA = Actor.agent("ada", "Ada");
    static final Path RECORDED = Path.of("src/test/resources/recorded");

    /// Somebody calls.
    static final Fields RINGING =
            Fields.of("CallSid", CALL)
                    .with("AccountSid", ACCOUNT)
                    .with("From", CUSTOMER)
                    .with("To", LINE)
                    .with("CallStatus", "ringing")
                    .with("Direction", "inbound")
                    .with("ApiVersion", "2010-04-01")
                    .with("FromCity", "")
                    .with("FromCountry", "US");

    private Sample() {}

    static TestSettings settings(URI api) {
        return bare(api)
                .with("announcements", true)
                .with("agents", List.of(section("id", "ada", "endpoint", AGENT)))
                .with(
                        "routing",
                        section(
                                "greeting", "Welcome.",
                                "ring", List.of(AGENT, "+15005550099"),
                                "queue", "support",
                                "callBackOffer", "Press 1 to be called back.",
                                "voicemail", "Please speak."));
    }

    /// Without anything that is not required.
    static TestSettings bare(URI api) {
        return TestSettings.NONE
                .with("accountSid", ACCOUNT)
                .withSecret("authToken", TOKEN)
                .with("from", LINE)
                .with("apiBase", api)
                .with("routing", section("queue", "support"));
    }

    /// Nested settings: names and values in turn.
    static TestSettings section(Object... namesAndValues) {
        var section = TestSettings.NONE;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            section = section.with(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return section;
    }

    static Conversation conversation() {
        return conversation(CUSTOMER);
    }

    static Conversation conversation(String address) {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                ChannelId.of(VoiceChannel.ID),
                FakeHost.ACCOUNT,
                LINE,
                address);
    }

    static OutboundMessage message(Content content) {
        return message(conversation(), content);
    }

    static OutboundMessage message(Conversation conversation, Content content) {
        return OutboundMessage.of(
                KEY, new InteractionId(new UUID(0x7000L, 2)), conversation, NOW, content);
    }

    /// An order about a call.
    ///
    /// @param ids of what it is about
    static OutboundMessage about(Content order, String... ids) {
        return message(order)
                .by(ADA)
                .target(
                        new OutboundMessage.Reference(
                                new InteractionId(new UUID(0x7000L, 3)), List.of(ids)));
    }

    /// A genuine request to a place behind the door.
    ///
    /// @param behind path and query
    static WebhookRequest post(String behind, Fields form) {
        var path = behind.contains("?") ? behind.substring(0, behind.indexOf('?')) : behind;
        var url = URI.create(FakeHost.webhookUrl(path) + behind.substring(path.length()));
        return WebhookRequest.of("POST", url, form.encode(), NOW)
                .path(path)
                .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("x-twilio-signature", PlainSignature.of(TOKEN, url.toString(), form));
    }

    /// The same webhook, signed anew.
    static WebhookRequest again(WebhookRequest webhook) {
        return webhook.header(
                "x-twilio-signature",
                PlainSignature.of(TOKEN, webhook.url().toString(), webhook.form()));
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
}
