package io.tributary.social.meta;

import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What is about the account and no customer, for operators: templates, quality, trouble at Meta,
/// comments below posts.
final class Notices {

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    /// Whole address books and years of messages: only how much it was. The raw event has it.
    private static final Set<String> BULKY = Set.of("history", "smb_app_state_sync");

    private Notices() {}

    static List<Inbound> change(RawEvent event, Node value) {
        var field = field(event);
        if (BULKY.contains(field)) {
            return List.of(notice(event, bytes(event), "[" + field.replace('_', ' ') + "]"));
        }
        var words = value.text("event", value.text("message_template_status", ""));
        var fallback = "[" + field.replace('_', ' ') + "]" + (words.isEmpty() ? "" : " " + words);
        return List.of(notice(event, value.json(), fallback));
    }

    static List<Inbound> error(RawEvent event, Node error) {
        return List.of(
                notice(event, error.json(), "[error] " + error.text("title", "without a title")));
    }

    static List<Inbound> tooLarge(RawEvent event) {
        var data =
                Members.of("field", field(event))
                        .with("bytes", event.notes().getOrDefault(Update.SIZE, "0"));
        return List.of(
                notice(
                        event,
                        Json.of(Members.write(data)),
                        "[too large to be kept] " + field(event)));
    }

    private static Json bytes(RawEvent event) {
        return Json.of(Members.write(Members.of("bytes", event.body().length())));
    }

    private static Inbound notice(RawEvent event, Json data, String fallback) {
        return Inbound.notice(new Content.Custom("social-meta." + field(event), data, fallback));
    }

    private static String field(RawEvent event) {
        var field = event.notes().getOrDefault(Update.FIELD, event.kind());
        return PLAIN_NAME.matcher(field).matches() ? field : "unknown";
    }
}
