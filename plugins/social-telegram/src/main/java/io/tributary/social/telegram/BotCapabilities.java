package io.tributary.social.telegram;

import io.tributary.model.Content.Receipt;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.Capabilities.Window;
import io.tributary.spi.Conversation;
import io.tributary.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What Telegram carries (https://core.telegram.org/bots/api#available-methods), and how fast
/// (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
final class BotCapabilities {

    private static final int LONGEST_CAPTION = 1024;
    private static final int MOST_BUTTONS = 100;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration ANSWERABLE = Duration.ofDays(1);
    private static final Duration DELETABLE = Duration.ofDays(2);

    /// Those that a bot may put to a message
    /// (https://core.telegram.org/bots/api#reactiontypeemoji).
    private static final String[] REACTIONS =
            ("❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯"
                            + " 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡"
                            + " 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡")
                    .split(" ", -1);

    private static final Capabilities ALL = all();
    private static final Capabilities BUSINESS =
            ALL.with("reaction", Support.REFUSED)
                    .with("edited", Support.of(Level.PARTIAL).age(DELETABLE))
                    .rates(perSecond(Scope.ADDRESS, 1), perSecond(Scope.ACCOUNT, 30));
    private static final Capabilities PRIVATE =
            ALL.rates(perSecond(Scope.ADDRESS, 1), perSecond(Scope.ACCOUNT, 30));
    private static final Capabilities GROUP =
            ALL.rates(Rate.of(Scope.ADDRESS, 20, MINUTE), perSecond(Scope.ACCOUNT, 30)).start();

    private BotCapabilities() {}

    /// On behalf of a business account a bot answers for a day
    /// (https://core.telegram.org/bots/api#businessbotrights).
    private static Capabilities business(@Nullable Instant lastFromCustomer) {
        return BUSINESS.window(
                lastFromCustomer == null
                        ? Window.closed()
                        : Window.closesAt(lastFromCustomer.plus(ANSWERABLE)));
    }

    private static Rate perSecond(Scope scope, int permits) {
        return Rate.of(scope, permits, SECOND);
    }

    private static Capabilities all() {
        var file =
                Support.of(Level.PARTIAL)
                        .bytes(Uploads.LARGEST_FILE)
                        .length(LONGEST_CAPTION, Unit.UTF16);
        return Capabilities.NONE
                .with("text", Support.of(Level.PARTIAL).length(Pieces.LONGEST, Unit.UTF16))
                .with("text.spans", Support.full())
                .with(
                        "choices",
                        Support.of(Level.PARTIAL)
                                .length(Pieces.LONGEST, Unit.UTF16)
                                .count(MOST_BUTTONS))
                .with("card", Support.of(Level.FALLBACK))
                .with("carousel", Support.of(Level.FALLBACK))
                .with("location", Support.full())
                .with("contactCard", Support.full())
                .with("media.image", file.bytes(Uploads.LARGEST_PICTURE))
                .with("media.audio", file)
                .with("media.voice", file)
                .with("media.video", file)
                .with("media.file", file)
                .with("media.sticker", file)
                // below a file a text has no more room than a caption
                .with("edited", Support.of(Level.PARTIAL))
                .with("deleted", Support.full().age(DELETABLE))
                .with("reaction", Support.full().values(REACTIONS))
                .receipts(Receipt.Status.SENT);
    }

    /// Groups and channels may be written to by whoever is in them; nobody is written to who has
    /// not written first.
    static Capabilities of(Conversation conversation) {
        if (Lines.business(conversation.line()) != null) {
            return business(conversation.lastFromCustomer());
        }
        var address = conversation.address();
        if (address.startsWith("-") || address.startsWith("@")) {
            return GROUP;
        }
        return conversation.lastFromCustomer() == null ? PRIVATE : PRIVATE.start();
    }
}
