package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Conversation;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An account that works, what Meta sends it, and what is sent by it.
final class Sample {

    static final String APP_SECRET = "the-app-secret";
    static final String VERIFY_TOKEN = "meatyhamhock";
    static final String ACCESS_TOKEN = "the-access-token";
    static final String PAGE_TOKEN = "the-page-token";
    static final String NUMBER = "106540352242922";
    static final String PAGE = "1069652345";
    static final String INSTAGRAM = "17841405822304914";
    static final String CUSTOMER = "+16505551234";
    static final String BSUID = "US.13491208655302741918";
    static final String PSID = "7158295130868431";
    static final String KEY = "0199-key-1";
    static final Path DOCUMENTED = Path.of("src/test/resources/documented");
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Sample() {}

    static TestSettings settings(URI api) {
        return TestSettings.NONE
                .withSecret("appSecret", APP_SECRET)
                .withSecret("verifyToken", VERIFY_TOKEN)
                .withSecret("accessToken", ACCESS_TOKEN)
                .with("appId", "1517776481860111")
                .with("apiBase", api)
                .with("instagramApiBase", api)
                .with(
                        "whatsapp",
                        List.of(
                                TestSettings.NONE
                                        .with("phoneNumberId", NUMBER)
                                        .with("number", "+15550783881")))
                .with(
                        "messenger",
                        List.of(
                                TestSettings.NONE
                                        .with("pageId", PAGE)
                                        .with("name", "Shop")
                                        .with("humanAgent", true)
                                        .withSecret("token", PAGE_TOKEN)))
                .with(
                        "instagram",
                        List.of(
                                TestSettings.NONE
                                        .with("accountId", INSTAGRAM)
                                        .with("pageId", PAGE)));
    }

    static Conversation conversation(Platform platform) {
        return switch (platform) {
            case WHATSAPP -> conversation(platform, NUMBER, CUSTOMER);
            case MESSENGER -> conversation(platform, PAGE, PSID);
            case INSTAGRAM -> conversation(platform, INSTAGRAM, "1254459154682919");
        };
    }

    static Conversation conversation(Platform platform, String line, String address) {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                platform.channel(),
                FakeHost.ACCOUNT,
                line,
                address);
    }

    static OutboundMessage message(Conversation conversation, Instant now, Content... contents) {
        return OutboundMessage.of(
                KEY, new InteractionId(new UUID(0x7000L, 2)), conversation, now, contents);
    }

    /// What the Cloud API answers when it takes a message.
    static Turn.Answer taken() {
        return Turn.answer(200)
                .body(
                        "application/json; charset=UTF-8",
                        """
                        {"messaging_product":"whatsapp","contacts":[{"input":"+16505551234",\
                        "wa_id":"16505551234"}],"messages":[{"id":"wamid.SENT",\
                        "message_status":"accepted"}]}\
                        """);
    }

    /// What the Send API answers when it takes a message.
    static Turn.Answer takenByPage() {
        return Turn.answer(200)
                .body(
                        "application/json; charset=UTF-8",
                        """
                        {"recipient_id":"7158295130868431","message_id":"m_SENT"}\
                        """);
    }

    static String documented(String name) {
        try {
            return Files.readString(DOCUMENTED.resolve(name + ".json"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static List<String> documented() {
        try (var files = Files.list(DOCUMENTED)) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static WebhookRequest post(String body) {
        return post(Bytes.utf8(body));
    }

    static WebhookRequest post(Bytes body) {
        return WebhookRequest.of("POST", FakeHost.webhookUrl(""), body, NOW)
                .header("content-type", "application/json")
                .header("x-hub-signature-256", signature(APP_SECRET, body));
    }

    static String signature(String secret, Bytes body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.toArray()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// One webhook in which a customer says all this, one after the other.
    static String texts(String id, List<String> texts) {
        var messages = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            messages.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"from":"16505551234","id":"wamid.%s%d","timestamp":"1749416383",\
                            "type":"text","text":{"body":"%s"}}\
                            """
                                    .formatted(id, i, texts.get(i)));
        }
        return """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{\
        "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",\
        "phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Sheena"},\
        "wa_id":"16505551234"}],"messages":[%s]},"field":"messages"}]}]}\
        """
                .formatted(messages);
    }
}
