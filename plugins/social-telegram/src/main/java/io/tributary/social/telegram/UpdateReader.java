package io.tributary.social.telegram;

import io.tributary.model.Bytes;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes an event of each update (https://core.telegram.org/bots/api#update), by whichever way it
/// came: so an update that comes again by the other way is the same.
final class UpdateReader {

    static final String UPDATE = "update";

    /// What came where an update should be, and is none.
    static final String UNREADABLE = "unreadable";

    static final String ID = "update_id";

    /// The pictures of an album are updates of their own, one right after the other; nothing says
    /// how many they are.
    static final Duration ALBUM_PATIENCE = Duration.ofSeconds(2);

    /// Telegram keeps updates for 24 hours.
    private static final Duration REPEATED_WITHIN = Duration.ofHours(24);

    private static final Set<String> NEW_MESSAGES =
            Set.of("message", "channel_post", "business_message");
    private static final int LONGEST_NAME = 64;

    private UpdateReader() {}

    /// @param body as it came
    /// @param update what stands in it; null: no JSON
    static RawEvent event(Bytes body, @Nullable JsonNode update) {
        var kind = update == null ? null : kind(update);
        if (update == null || kind == null) {
            var kept = body.length() > RawEvent.MOST_BYTES ? cut(body) : body;
            return RawEvent.of(UNREADABLE, kept, Dedupe.print(kept, REPEATED_WITHIN));
        }
        if (body.length() > RawEvent.MOST_BYTES) {
            return RawEvent.of(UNREADABLE, cut(body), Dedupe.key(key(update, kind)));
        }
        var event = RawEvent.of(UPDATE, body, Dedupe.key(key(update, kind)));
        var album = album(kind, update.path(kind));
        return album == null ? event : event.piece(Piece.open(album, ALBUM_PATIENCE));
    }

    /// What is larger than a host keeps is kept as far as it goes, and is a dead letter.
    private static Bytes cut(Bytes body) {
        return body.slice(0, RawEvent.MOST_BYTES);
    }

    /// The one member beside its number, which says what happened; null: it is no update.
    static @Nullable String kind(JsonNode update) {
        if (StrictJson.number(update, ID) == null) {
            return null;
        }
        for (var name : update.propertyNames()) {
            if (!name.equals(ID)) {
                return name.isEmpty() ? null : name;
            }
        }
        return null;
    }

    /// The number of an update alone is not enough: after a week without any, Telegram goes on at a
    /// random one, which may have been there before.
    private static String key(JsonNode update, String kind) {
        var key = new StringBuilder(64);
        key.append(kind, 0, Math.min(kind.length(), LONGEST_NAME));
        key.append(' ').append(StrictJson.need(update, ID));
        var happened = update.path(kind);
        for (var name : new String[] {"message_id", "date", "edit_date"}) {
            var number = StrictJson.number(happened, name);
            key.append(' ').append(number == null ? "" : number.toString());
        }
        var id = StrictJson.text(happened, "id");
        if (id != null && id.length() <= LONGEST_NAME) {
            key.append(' ').append(id);
        }
        return key.toString();
    }

    /// Which album of which chat a message belongs to; null: it is none of one.
    private static @Nullable String album(String kind, JsonNode message) {
        var group = StrictJson.text(message, "media_group_id");
        var chat = StrictJson.number(message.path("chat"), "id");
        return NEW_MESSAGES.contains(kind)
                        && group != null
                        && !group.isEmpty()
                        && group.length() <= LONGEST_NAME
                        && chat != null
                ? "album " + chat + ' ' + group
                : null;
    }
}
