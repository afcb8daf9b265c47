package io.tributary.sms.twilio;

import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Conversation;
import io.tributary.spi.OutboundMessage;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/// An account that works, and what is sent by it.
final class Sample {

    static final String LINE = "+15005550006";
    static final String CUSTOMER = "+15551230001";
    static final String SERVICE = "MG" + "0".repeat(32);
    static final String TOKEN = "the-auth-token";
    static final Path RECORDED = Path.of("src/test/resources/recorded");
    static final String KEY = "0199-key-1";

    private Sample() {}

    static TestSettings settings(URI api) {
        return TestSettings.NONE
                .with("accountSid", Signed.ACCOUNT)
                .withSecret("authToken", TOKEN)
                .with("from", LINE)
                .with("apiBase", api);
    }

    static TestSettings serviceSettings(URI api) {
        return settings(api).without("from").with("messagingServiceSid", SERVICE);
    }

    static Conversation conversation(String line) {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                ChannelId.of("sms-twilio"),
                FakeHost.ACCOUNT,
                line,
                CUSTOMER);
    }

    static OutboundMessage message(Instant now, Content... contents) {
        return message(LINE, now, contents);
    }

    static OutboundMessage message(String line, Instant now, Content... contents) {
        return OutboundMessage.of(
                KEY, new InteractionId(new UUID(0x7000L, 2)), conversation(line), now, contents);
    }
}
