package io.tributary.webchat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of a socket.
///
/// @param address names the browser: made of its secret, which nobody else learns
/// @param line the site it is on
/// @param language as the widget speaks to it; null: unknown
/// @param user what the site vouches for; null: nothing
record Guest(
        String address, String line, @Nullable String language, SiteTokens.@Nullable User user) {

    static final String ADDRESS = "visitor";
    static final String LINE = "site";
    static final String LANGUAGE = "language";
    static final String USER = "user";
    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String PHONE = "phone";
    static final String CLAIMED_EMAIL = "claimed-email";
    static final String CLAIMED_PHONE = "claimed-phone";

    /// What events have to remember of who said it.
    Map<String, String> notes() {
        var notes = new HashMap<String, String>();
        notes.put(ADDRESS, address);
        notes.put(LINE, line);
        put(notes, LANGUAGE, language);
        if (user != null) {
            notes.put(USER, user.id());
            put(notes, NAME, user.name());
            put(notes, user.emailVerified() ? EMAIL : CLAIMED_EMAIL, user.email());
            put(notes, user.phoneVerified() ? PHONE : CLAIMED_PHONE, user.phone());
        }
        return notes;
    }

    private static void put(Map<String, String> notes, String name, @Nullable String value) {
        if (value != null) {
            notes.put(name, value);
        }
    }

    /// Nothing of it: all of it is personal.
    @Override
    public String toString() {
        return "Guest[]";
    }
}
