package io.tributary.social.meta;

import java.util.List;

/// Which of a webhook's `contacts` an update is from, or to.
final class Contacts {

    private Contacts() {}

    /// The one whose ids the update bears; the only one, where there is one and no id speaks
    /// against it. Empty: none.
    static String of(Update update, List<Update> contacts) {
        for (var contact : contacts) {
            if (bears(update, contact)) {
                return contact.body().utf8();
            }
        }
        boolean only = contacts.size() == 1 && update.kind().equals(Update.MESSAGE);
        return only && !contradicts(update, contacts.getFirst())
                ? contacts.getFirst().body().utf8()
                : "";
    }

    private static boolean bears(Update update, Update contact) {
        return isSame(contact.head("wa_id"), update, "from", "to", "recipient_id", "wa_id")
                || isSame(
                        contact.head("user_id"),
                        update,
                        "from_user_id",
                        "to_user_id",
                        "user_id",
                        "from");
    }

    private static boolean isSame(String id, Update update, String... names) {
        for (var name : names) {
            if (!id.isEmpty() && id.equals(update.head(name))) {
                return true;
            }
        }
        return false;
    }

    /// Whether the sender is somebody else by either id.
    private static boolean contradicts(Update update, Update contact) {
        var from = update.head("from");
        var known = contact.head(WhatsAppPeople.isScoped(from) ? "user_id" : "wa_id");
        return differ(from, known) || differ(update.head("from_user_id"), contact.head("user_id"));
    }

    /// An old form of a number is the same number.
    private static boolean differ(String one, String other) {
        if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
            return false;
        }
        return !Phones.isWaId(one)
                || !Phones.isWaId(other)
                || !Phones.e164(one).equals(Phones.e164(other));
    }
}
