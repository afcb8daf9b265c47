package io.tributary.social.meta;

import io.tributary.model.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/// The smallest part of a webhook that can be understood alone, as it came.
///
/// @param kind one of those below; they are stored: never change one
/// @param body its own bytes
/// @param head its plain members, such as `id`
/// @param notes what stood around it and is needed to understand it
record Update(String kind, Bytes body, Map<String, String> head, Map<String, String> notes) {

    /// A message of a WhatsApp customer.
    static final String MESSAGE = "message";

    /// How far a WhatsApp message of ours has got.
    static final String STATUS = "status";

    /// What our side wrote in the WhatsApp Business app.
    static final String ECHO = "echo";

    /// A WhatsApp customer allows or forbids something.
    static final String PREFERENCE = "preference";

    /// A WhatsApp customer is known by another id.
    static final String USER_ID = "user-id";

    /// Trouble at Meta with no message in it.
    static final String ERROR = "error";

    /// What was said in the phone app before it was connected.
    static final String HISTORY = "history";

    /// Anything of Messenger or Instagram.
    static final String MESSAGING = "messaging";

    /// Any other change, and what was too much for one webhook.
    static final String CHANGE = "change";

    /// More than is kept: only the notes are.
    static final String TOO_LARGE = "too-large";

    /// A webhook of another form.
    static final String UNKNOWN = "unknown";

    /// Which platform it is about, as webhooks name it.
    static final String OBJECT = "object";

    /// Which of our ends: a phone number id, a page, an Instagram account.
    static final String LINE = "line";

    /// The WhatsApp customer as `contacts` has it.
    static final String CONTACT = "contact";

    /// Which field of the app's subscriptions.
    static final String FIELD = "field";

    /// Our own messages that another app answers: there only to be seen.
    static final String STANDBY = "standby";

    /// How many bytes it had.
    static final String SIZE = "size";

    static Update of(String kind, Bytes body) {
        return new Update(kind, body, Map.of(), Map.of());
    }

    /// The same, understood as something else.
    Update as(String other) {
        return new Update(other, body, head, notes);
    }

    Update head(Map<String, String> plain) {
        return new Update(kind, body, plain, notes);
    }

    /// The same with one more note, unless it is empty.
    Update note(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        var more = new LinkedHashMap<>(notes);
        more.put(name, value);
        return new Update(kind, body, head, more);
    }

    /// A plain member; empty where there is none.
    String head(String name) {
        return head.getOrDefault(name, "");
    }

    /// Kind and size: the rest is what a customer sent.
    @Override
    public String toString() {
        return "Update[" + kind + ", " + body + "]";
    }
}
