package io.tributary.social.meta;

import io.tributary.model.Content.Receipt;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.Capabilities.Window;
import io.tributary.spi.Conversation;
import io.tributary.spi.Scope;
import java.time.Duration;

/// What each platform carries, and until when.
///
/// WhatsApp:
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
/// and the pages of each type; Messenger and Instagram:
/// https://developers.facebook.com/docs/messenger-platform/reference/send-api.
final class Abilities {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HUMAN_AGENT = Duration.ofDays(7);
    private static final long MB = 1_000_000;

    /// One message to the same customer in six seconds, 45 at once.
    private static final int PAIR = 45;

    private static final Duration PAIR_TIME = Duration.ofSeconds(6L * PAIR);

    static final int WHATSAPP_TEXT = 4096;
    static final int CAPTION = 1024;

    private static final int MESSENGER_TEXT = 2000;
    private static final int INSTAGRAM_TEXT = 1000;

    /// So many characters are no more bytes than that, whatever the script.
    private static final int INSTAGRAM_QUESTION = INSTAGRAM_TEXT / 3;

    private static final Support SOME = Support.of(Level.PARTIAL);
    private static final Support AS_TEXT = Support.of(Level.FALLBACK);

    private Abilities() {}

    static Capabilities of(MetaLine line, Conversation conversation) {
        return switch (line.platform()) {
            case WHATSAPP -> whatsApp(line, conversation);
            case MESSENGER -> messenger(line, conversation);
            case INSTAGRAM -> instagram(line, conversation);
        };
    }

    private static Capabilities whatsApp(MetaLine line, Conversation conversation) {
        return whatsAppMedia()
                .with("text", SOME.length(WHATSAPP_TEXT, Unit.UTF16))
                .with(
                        "choices",
                        SOME.count(WhatsAppInteractive.MOST_ROWS)
                                .label(WhatsAppInteractive.LONGEST_LABEL)
                                .length(WhatsAppInteractive.LONGEST_BODY, Unit.UTF16))
                .with(
                        "card",
                        SOME.count(WhatsAppInteractive.MOST_BUTTONS)
                                .label(WhatsAppInteractive.LONGEST_LABEL)
                                .length(WhatsAppInteractive.LONGEST_TEXT, Unit.UTF16))
                .with("carousel", AS_TEXT)
                .with("location", Support.full())
                .with("contactCard", Support.full())
                .with("template", Support.full())
                .with("reaction", Support.full())
                .with("custom." + WhatsAppInteractive.RAW, Support.full())
                .window(window(conversation, PageBodies.WINDOW, "template"))
                .rates(
                        Capabilities.Rate.of(Scope.LINE, line.perSecond(), SECOND),
                        Capabilities.Rate.of(Scope.ADDRESS, PAIR, PAIR_TIME))
                .receipts(
                        Receipt.Status.SENT,
                        Receipt.Status.DELIVERED,
                        Receipt.Status.READ,
                        Receipt.Status.FAILED)
                .start();
    }

    private static Capabilities whatsAppMedia() {
        var audio = SOME.bytes(16 * MB);
        return Capabilities.NONE
                .with(
                        "media.image",
                        SOME.bytes(5 * MB)
                                .values("image/jpeg", "image/png")
                                .length(CAPTION, Unit.UTF16))
                .with(
                        "media.video",
                        SOME.bytes(16 * MB)
                                .values("video/mp4", "video/3gpp")
                                .length(CAPTION, Unit.UTF16))
                .with(
                        "media.audio",
                        audio.values(
                                "audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"))
                .with("media.voice", audio.values("audio/ogg"))
                .with("media.sticker", SOME.bytes(MB / 10).values("image/webp"))
                .with("media.file", SOME.bytes(100 * MB).length(CAPTION, Unit.UTF16));
    }

    private static Capabilities messenger(MetaLine line, Conversation conversation) {
        return page(line, conversation, SOME.length(MESSENGER_TEXT, Unit.UTF16))
                .with("media.image", SOME.bytes(8 * MB))
                .with("media.file", SOME.bytes(25 * MB))
                .receipts(Receipt.Status.SENT, Receipt.Status.DELIVERED, Receipt.Status.READ);
    }

    /// Files of other kinds go as links, and Instagram tells of nothing but that it was read.
    private static Capabilities instagram(MetaLine line, Conversation conversation) {
        return page(line, conversation, SOME.length(INSTAGRAM_TEXT, Unit.UTF8_BYTES))
                .with("media.image", SOME.bytes(8 * MB).values("image/jpeg", "image/png"))
                .with("media.file", AS_TEXT)
                .with("choices", choices(INSTAGRAM_QUESTION))
                .with("reaction", SOME.values("❤️", "❤"))
                .receipts(Receipt.Status.READ);
    }

    private static Capabilities page(MetaLine line, Conversation conversation, Support text) {
        var file = SOME.bytes(25 * MB);
        return Capabilities.NONE
                .with("text", text)
                .with("choices", choices(PageBodies.LONGEST_QUESTION))
                .with(
                        "card",
                        SOME.count(PageBodies.MOST_BUTTONS)
                                .label(PageBodies.LONGEST_LABEL)
                                .length(PageBodies.LONGEST_TITLE, Unit.UTF16))
                .with("carousel", SOME.count(PageBodies.MOST_CARDS))
                .with("location", AS_TEXT)
                .with("contactCard", AS_TEXT)
                .with("media.audio", file)
                .with("media.voice", file)
                .with("media.video", file)
                .with("media.sticker", SOME.bytes(8 * MB))
                .window(window(conversation, line.humanAgent() ? HUMAN_AGENT : PageBodies.WINDOW))
                .rates(Capabilities.Rate.of(Scope.LINE, line.perSecond(), SECOND));
    }

    private static Support choices(int question) {
        return SOME.count(PageBodies.MOST_QUICK_REPLIES)
                .label(PageBodies.LONGEST_LABEL)
                .length(question, Unit.UTF16);
    }

    /// From the customer's last word on; closed where there was none.
    private static Window window(Conversation conversation, Duration open, String... after) {
        var last = conversation.lastFromCustomer();
        return last == null ? Window.closed(after) : Window.closesAt(last.plus(open), after);
    }
}
