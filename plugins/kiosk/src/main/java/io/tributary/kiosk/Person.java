package io.tributary.kiosk;

import io.tributary.model.Evidence;
import io.tributary.model.Identity;
import io.tributary.spi.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Who somebody is by a token that was checked when they checked in. It is kept beside the event,
/// in place of the token, so that a later translation needs neither key nor clock.
record Person(@Nullable String name, List<Identity> identities) {

    /// What the site calls them, for good; the same in web chats.
    static final String USER = "site.user";

    private static final int LONGEST = 200;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");

    Person {
        identities = List.copyOf(identities);
    }

    /// By the claims of OpenID Connect Core 1.0, section 5.1. An address that the site has not
    /// checked is a mere claim.
    ///
    /// @throws Malformed they name nobody
    static Person of(JsonNode claims) {
        var identities = new ArrayList<Identity>();
        identities.add(Identity.byChannel(USER, bounded(WireJson.need(claims, "sub"))));
        var email = WireJson.text(claims, "email").toLowerCase(Locale.ROOT);
        if (email.length() <= LONGEST && EMAIL.matcher(email).matches()) {
            identities.add(identity("email", email, claims.path("email_verified")));
        }
        var phone = WireJson.text(claims, "phone_number");
        if (PHONE.matcher(phone).matches()) {
            identities.add(identity("phone", phone, claims.path("phone_number_verified")));
        }
        var name = WireJson.text(claims, "name");
        return new Person(name.isEmpty() || name.length() > LONGEST ? null : name, identities);
    }

    private static Identity identity(String type, String value, JsonNode verified) {
        return verified.isBoolean() && verified.asBoolean()
                ? Identity.byChannel(type, value)
                : Identity.claimed(type, value);
    }

    private static String bounded(String subject) {
        if (subject.length() > LONGEST) {
            throw new Malformed("'sub' is too long");
        }
        return subject;
    }

    /// As it is kept.
    String note() {
        var note = WireJson.object();
        if (name != null) {
            note.put("name", name);
        }
        var checked = note.putObject("checked");
        var claimed = note.putObject("claimed");
        for (var identity : identities) {
            boolean vouched = identity.evidence() instanceof Evidence.ByChannel;
            (vouched ? checked : claimed).put(identity.type(), identity.value());
        }
        return WireJson.write(note);
    }

    /// As it was kept.
    static Person read(String note) {
        var kept = WireJson.object(note);
        var identities = new ArrayList<Identity>();
        kept.path("checked")
                .properties()
                .forEach(each ->
                        identities.add(
                                Identity.byChannel(each.getKey(), each.getValue().asString())));
        kept.path("claimed")
                .properties()
                .forEach(each ->
                        identities.add(
                                Identity.claimed(each.getKey(), each.getValue().asString())));
        var name = WireJson.text(kept, "name");
        return new Person(name.isEmpty() ? null : name, identities);
    }

    /// Nothing of it: all of it is personal.
    @Override
    public String toString() {
        return "Person[]";
    }
}
