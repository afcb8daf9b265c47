package io.tributary.social.telegram;

import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Arrival;
import io.tributary.spi.Conversation;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Secret;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account that works, what comes to it and what is sent by it.
final class Sample {

    static final String BOT = "123456";
    static final String TOKEN = BOT + ":ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
    static final Secret SECRET_TOKEN =
            new Secret() {
                @Override
                public String reveal() {
                    return Sample.TOKEN;
                }

                @Override
                public boolean matches(@Nullable String given) {
                    return Sample.TOKEN.equals(given);
                }
            };

    static final String SECRET = "a-secret-of-our-own";
    static final String CUSTOMER = "1111111";
    static final String KEY = "0199-key-1";
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Sample() {}

    static TestSettings settings(URI api) {
        return TestSettings.NONE
                .withSecret("token", TOKEN)
                .with("apiBase", api)
                .with("pollTimeout", "1s");
    }

    static TestSettings posted(URI api) {
        return settings(api).with("updates", "webhook").withSecret("webhookSecret", SECRET);
    }

    static Conversation conversation() {
        return conversation(BOT, CUSTOMER);
    }

    static Conversation conversation(String line, String address) {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                ChannelId.of(TelegramChannel.ID),
                FakeHost.ACCOUNT,
                line,
                address);
    }

    static OutboundMessage message(Content... contents) {
        return message(conversation(), contents);
    }

    static OutboundMessage message(Conversation conversation, Content... contents) {
        return OutboundMessage.of(
                KEY, new InteractionId(new UUID(0x7000L, 2)), conversation, NOW, contents);
    }

    /// Something earlier that Telegram calls so.
    static OutboundMessage.Reference earlier(String... externalIds) {
        return new OutboundMessage.Reference(
                new InteractionId(new UUID(0x7000L, 3)), List.of(externalIds));
    }

    /// The same bytes as Telegram posts them.
    static WebhookRequest webhook(String update) {
        return WebhookRequest.of("POST", FakeHost.webhookUrl(""), Bytes.utf8(update), Instant.EPOCH)
                .header("content-type", "application/json")
                .header(WebhookReader.HEADER, SECRET);
    }

    static RawEvent event(String update) {
        var body = Bytes.utf8(update);
        return UpdateReader.event(body, StrictJson.read(body));
    }

    /// What updates become; of several together, as an album.
    static List<Inbound> translated(String... updates) {
        var events = Arrays.stream(updates).map(Sample::event).toList();
        return new Translation(Lines.ofToken(TOKEN)).of(new Arrival(events, true, NOW));
    }

    static Inbound inbound(String... updates) {
        var all = translated(updates);
        if (all.size() != 1) {
            throw new AssertionError("became " + all.size());
        }
        return all.getFirst();
    }
}
