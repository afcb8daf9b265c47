package io.tributary.webchat;

import io.tributary.model.Content;
import io.tributary.model.Content.Media;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.MediaId;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes interactions of what visitors said. Pure: the event knows all.
final class Translation {

    /// What the widget asks before the first word.
    static final String LEAD = "webchat.lead";

    /// What an agent app does when it sees this is its own business; see the README.
    static final String TRANSCRIPT = "webchat.transcript";

    static final String SITE_USER = "site.user";

    private static final String ID = "webchat.id";
    private static final String PAGE = "webchat.page";
    private static final String INVITATION = "webchat.invitation";

    /// A visitor's clock that is off by more is not believed.
    private static final Duration LATEST = Duration.ofDays(7);

    private Translation() {}

    static List<Inbound> of(Arrival arrival) {
        var event = arrival.event();
        return switch (Frames.read(event.body().utf8())) {
            case Said.Kept kept -> List.of(kept(kept, event, arrival.receivedAt()));
            case Said.Read(Instant until) -> List.of(read(until, event));
            default -> throw new Malformed("an event that is never kept");
        };
    }

    private static Inbound read(Instant until, RawEvent event) {
        var seen = Content.receipt(Content.Receipt.Status.READ);
        return Inbound.of(event.note(Guest.LINE), party(event, List.of(), null), seen)
                .target(Target.until(until));
    }

    private static Inbound kept(Said.Kept kept, RawEvent event, Instant receivedAt) {
        var inbound =
                Inbound.of(
                                event.note(Guest.LINE),
                                party(event, claims(kept), name(kept)),
                                content(kept))
                        .id(event.note(Guest.ADDRESS) + " " + kept.id())
                        .extension(ID, Json.string(kept.id()));
        var page = kept.page();
        if (page != null) {
            inbound = inbound.extension(PAGE, Json.string(page));
        }
        var language = event.notes().get(Guest.LANGUAGE);
        if (language != null) {
            inbound = inbound.locale(Locale.forLanguageTag(language));
        }
        var at = kept.at();
        if (at != null && isLikely(at, receivedAt)) {
            inbound = inbound.at(at);
        }
        return about(kept, inbound);
    }

    private static Inbound about(Said.Kept kept, Inbound inbound) {
        return switch (kept) {
            case Said.Text text -> invited(text.invitation(), inbound);
            case Said.Chosen chosen -> answering(chosen.of(), inbound);
            case Said.Filled filled -> answering(filled.of(), inbound);
            default -> inbound;
        };
    }

    private static Inbound invited(@Nullable String invitation, Inbound inbound) {
        return invitation == null
                ? inbound
                : inbound.extension(INVITATION, Json.string(invitation));
    }

    private static Inbound answering(@Nullable String question, Inbound inbound) {
        return question == null ? inbound : inbound.inReplyTo(question);
    }

    private static Content content(Said.Kept kept) {
        return switch (kept) {
            case Said.Text text -> Content.text(text.text());
            case Said.Chosen chosen -> new Content.ChoiceMade(chosen.choice(), chosen.label());
            case Said.Filled filled -> new Content.FormSubmitted(filled.form(), values(filled));
            case Said.File file -> file(file);
            case Said.Transcript wanted ->
                    Content.custom(
                            TRANSCRIPT,
                            Json.of("{\"email\":" + Json.string(wanted.email()).text() + "}"),
                            "[transcript] Please send this chat to " + wanted.email());
            case Said.Ended _ -> new Content.Visit(Content.Visit.Event.ENDED, null);
        };
    }

    private static Map<String, Json> values(Said.Filled filled) {
        var values = new LinkedHashMap<String, Json>();
        filled.values().forEach((name, value) -> values.put(name, Json.of(value.toString())));
        return values;
    }

    private static Content file(Said.File file) {
        return Media.stored(kind(file.type()), media(file.media()), file.type())
                .named(file.name().isBlank() ? null : file.name())
                .measuring(file.bytes(), null);
    }

    static MediaId media(String id) {
        try {
            return MediaId.of(id);
        } catch (IllegalArgumentException none) {
            throw new Malformed("member media is none");
        }
    }

    private static Media.Kind kind(String type) {
        if (SafeMedia.isPicture(type)) {
            return Media.Kind.IMAGE;
        }
        return type.startsWith("audio/")
                ? Media.Kind.AUDIO
                : type.startsWith("video/") ? Media.Kind.VIDEO : Media.Kind.FILE;
    }

    /// What the site vouches for joins customers; what the visitor typed does not.
    private static Party party(RawEvent event, List<Identity> claims, @Nullable String typed) {
        var notes = event.notes();
        var address = event.note(Guest.ADDRESS);
        var identities = new ArrayList<Identity>();
        identities.add(Identity.byChannel(WebChatChannel.ID, address));
        vouched(identities, SITE_USER, notes.get(Guest.USER));
        vouched(identities, "email", notes.get(Guest.EMAIL));
        vouched(identities, "phone", notes.get(Guest.PHONE));
        claimed(identities, "email", notes.get(Guest.CLAIMED_EMAIL));
        claimed(identities, "phone", notes.get(Guest.CLAIMED_PHONE));
        identities.addAll(claims);
        var name = notes.get(Guest.NAME);
        return Party.of(address, identities.toArray(Identity[]::new))
                .named(name == null ? typed : name);
    }

    private static void vouched(List<Identity> to, String type, @Nullable String value) {
        if (value != null) {
            to.add(Identity.byChannel(type, value));
        }
    }

    private static void claimed(List<Identity> to, String type, @Nullable String value) {
        if (value != null) {
            to.add(Identity.claimed(type, value));
        }
    }

    private static List<Identity> claims(Said.Kept kept) {
        var email =
                switch (kept) {
                    case Said.Transcript wanted -> wanted.email();
                    case Said.Filled filled when filled.form().equals(LEAD) ->
                            value(filled, "email");
                    default -> null;
                };
        return email == null || !SiteTokens.isEmail(email)
                ? List.of()
                : List.of(Identity.claimed("email", email.toLowerCase(Locale.ROOT)));
    }

    private static @Nullable String name(Said.Kept kept) {
        return kept instanceof Said.Filled filled && filled.form().equals(LEAD)
                ? value(filled, "name")
                : null;
    }

    private static @Nullable String value(Said.Filled filled, String name) {
        JsonNode value = filled.values().get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    private static boolean isLikely(Instant at, Instant receivedAt) {
        return Duration.between(at, receivedAt).abs().compareTo(LATEST) <= 0;
    }
}
