package io.tributary.social.telegram;

import io.tributary.model.Actor;
import io.tributary.model.Identity;
import io.tributary.spi.Party;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Who is at the other end. Replies go to a chat; a private one is somebody, whose number is the
/// same for all bots.
final class Parties {

    static final String USER = "telegram.user";

    private Parties() {}

    /// The other end that a chat is.
    static Party ofChat(JsonNode chat) {
        long id = StrictJson.need(chat, "id");
        if (!isPrivate(chat)) {
            return Party.of(Long.toString(id)).named(StrictJson.text(chat, "title"));
        }
        return ofUser(chat);
    }

    /// Somebody, in the private chat with the bot, which has the number of the user.
    static Party ofUser(JsonNode user) {
        var id = Long.toString(StrictJson.need(user, "id"));
        return Party.of(id, Identity.byChannel(USER, id)).named(name(user));
    }

    /// Groups and channels have numbers below 0; some of Telegram's own examples name no type.
    static boolean isPrivate(JsonNode chat) {
        var type = StrictJson.text(chat, "type");
        var id = StrictJson.number(chat, "id");
        return type == null ? id != null && id > 0 : type.equals("private");
    }

    /// Who did it within a chat of several; null: the other end itself.
    static @Nullable Actor actor(JsonNode chat, JsonNode user) {
        var id = StrictJson.number(user, "id");
        return isPrivate(chat) || id == null
                ? null
                : new Actor(Actor.Kind.CUSTOMER, Long.toString(id), name(user));
    }

    /// Who did it in a chat of a business account, where that is the owner of the account; null: it
    /// is somebody else.
    ///
    /// @param message the one that was written or used
    static @Nullable Actor owner(JsonNode message, JsonNode user) {
        var id = StrictJson.number(user, "id");
        var customer = StrictJson.number(message.path("chat"), "id");
        return Lines.connection(message) == null || id == null || id.equals(customer)
                ? null
                : Actor.agent(id.toString(), name(user));
    }

    /// The name that Telegram shows; null: it shows none.
    static @Nullable String name(JsonNode user) {
        var first = StrictJson.text(user, "first_name");
        var last = StrictJson.text(user, "last_name");
        var name = ((first == null ? "" : first) + ' ' + (last == null ? "" : last)).strip();
        return name.isEmpty() ? StrictJson.text(user, "title") : name;
    }

    /// The language in which somebody uses Telegram; null: it does not say.
    static @Nullable Locale locale(JsonNode user) {
        var code = StrictJson.text(user, "language_code");
        if (code == null || code.length() > 35) {
            return null;
        }
        var locale = Locale.forLanguageTag(code);
        return locale.getLanguage().isEmpty() ? null : locale;
    }
}
