package io.tributary.sms.smpp;

import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.smpp.simulator.Smsc;
import io.tributary.spi.Arrival;
import io.tributary.spi.Conversation;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/// An account that works, what comes to it and what is sent by it.
final class Sample {

    static final String LINE = "+15005550006";
    static final String CUSTOMER = "+15551230000";
    static final String KEY = "0199-key-1";
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Sample() {}

    static TestSettings settings(URI provider) {
        return TestSettings.NONE
                .with("url", "smpp://" + provider.getHost() + ":" + provider.getPort())
                .with("systemId", Smsc.SYSTEM_ID)
                .withSecret("password", Smsc.PASSWORD)
                .with("answerWithin", "2s");
    }

    static TestSettings settings() {
        return settings(URI.create("smpp://127.0.0.1:1"));
    }

    static Profile profile() {
        return Profile.of(settings());
    }

    static Profile profile(String key, Object value) {
        return Profile.of(settings().with(key, value));
    }

    static Conversation conversation() {
        return conversation(LINE, CUSTOMER);
    }

    static Conversation conversation(String line, String address) {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                ChannelId.of(SmppChannel.ID),
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

    /// What delivered messages become, all of them together.
    static Inbound inbound(Profile profile, Delivered... delivered) {
        var reader = new EventReader(profile);
        var events = Arrays.stream(delivered).map(each -> reader.event(each.pdu())).toList();
        return new Translation(profile).of(new Arrival(events, true, NOW)).getFirst();
    }
}
