package io.tributary.social.meta;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What WhatsApp customers do, and what our side does on its phone.
final class WhatsAppMessages {

    /// Whoever holds the phone with the WhatsApp Business app.
    private static final Actor PHONE_APP =
            Actor.agent("whatsapp-business-app", "WhatsApp Business app");

    private WhatsAppMessages() {}

    static List<Inbound> message(Node message, String line, Node contact) {
        if ("system".equals(message.text("type"))) {
            return List.of(system(message, line, contact));
        }
        var party = customer(message, contact);
        var group = message.text("group_id");
        var inbound =
                group == null
                        ? said(message, Inbound.of(line, party, WhatsAppContents.of(message, line)))
                        : inGroup(message, line, group, party);
        return List.of(context(message, username(contact, inbound)));
    }

    /// What our side wrote on another device than this.
    static List<Inbound> echo(Node message, String line, Node contact) {
        var party =
                WhatsAppPeople.party(
                        contact.at("profile").text("name"),
                        message.text("to"),
                        contact.text("wa_id"),
                        message.text("to_user_id"),
                        contact.text("user_id"),
                        message.text("to_parent_user_id"));
        var inbound = Inbound.of(line, party, WhatsAppContents.of(message, line));
        return List.of(context(message, said(message, inbound).ours(PHONE_APP)));
    }

    private static Party customer(Node message, Node contact) {
        return WhatsAppPeople.party(
                contact.at("profile").text("name"),
                message.text("from"),
                contact.text("wa_id"),
                message.text("from_user_id"),
                contact.text("user_id"),
                message.text("from_parent_user_id"),
                contact.text("parent_user_id"));
    }

    /// The other end of a group is the group; who spoke is the actor.
    private static Inbound inGroup(Node message, String line, String group, Party speaker) {
        var actor = new Actor(Actor.Kind.CUSTOMER, speaker.address(), speaker.name());
        return said(message, Inbound.of(line, Party.of(group), WhatsAppContents.of(message, line)))
                .by(actor);
    }

    /// With id, time and what it is about.
    private static Inbound said(Node message, Inbound inbound) {
        var named = at(message, inbound.channel(Platform.WHATSAPP.channel()));
        var id = message.text("id");
        named = id == null ? named : named.id(id);
        var about = about(message);
        return about == null ? named : named.target(Target.external(about));
    }

    private static @Nullable String about(Node message) {
        return switch (message.text("type", "")) {
            case "reaction" -> message.at("reaction").text("message_id");
            case "edit" -> message.at("edit").text("original_message_id");
            case "revoke" -> message.at("revoke").text("original_message_id");
            default -> null;
        };
    }

    /// Times are texts of seconds.
    static Inbound at(Node dated, Inbound inbound) {
        var seconds = dated.whole("timestamp");
        return seconds == null || seconds > Instant.MAX.getEpochSecond()
                ? inbound
                : inbound.at(Instant.ofEpochSecond(seconds));
    }

    /// What it answers, and what else stood around it: an ad, a product, that it was forwarded.
    private static Inbound context(Node message, Inbound inbound) {
        var context = message.at("context");
        var earlier = context.text("id");
        var with = earlier == null ? inbound : inbound.inReplyTo(earlier);
        Map<String, Object> rest = new LinkedHashMap<>(context.members());
        rest.remove("id");
        rest.remove("from");
        if (!rest.isEmpty()) {
            with = with.extension(Platform.WHATSAPP.name("context"), new Node(rest).json());
        }
        return message.has("referral")
                ? with.extension(Platform.WHATSAPP.name("referral"), message.at("referral").json())
                : with;
    }

    private static Inbound username(Node contact, Inbound inbound) {
        var profile = contact.at("profile");
        var username = profile.text("username", contact.text("username", ""));
        return username.isEmpty()
                ? inbound
                : inbound.extension(Platform.WHATSAPP.name("username"), Json.string(username));
    }

    /// A changed number or id is another address of the same end. That somebody has another phone
    /// (`customer_identity_changed`) is worth seeing, and changes nothing.
    private static Inbound system(Node message, String line, Node contact) {
        var system = message.at("system");
        var name = contact.at("profile").text("name");
        var now =
                new @Nullable String[] {
                    system.text("wa_id"), system.text("new_wa_id"), system.text("user_id")
                };
        boolean moved = now[0] != null || now[1] != null || now[2] != null;
        var party = moved ? WhatsAppPeople.party(name, now) : customer(message, contact);
        party =
                WhatsAppPeople.movedFrom(
                        party,
                        message.text("from"),
                        message.text("from_user_id"),
                        system.text("previous_user_id"));
        var inbound = Inbound.of(line, party, WhatsAppContents.of(message, line)).by(Actor.SYSTEM);
        return said(message, inbound);
    }

    /// The webhook about a new business-scoped id: the new ones, known by the old.
    static List<Inbound> userId(Node update, String line, Node contact) {
        var ids = update.at("user_id");
        var parents = update.at("parent_user_id");
        var party =
                WhatsAppPeople.party(
                        contact.at("profile").text("name"),
                        update.text("wa_id"),
                        ids.text("current"),
                        update.text("user_id"),
                        parents.text("current"));
        var content =
                new Content.Custom(
                        Platform.WHATSAPP.name("user-id-update"),
                        update.json(),
                        update.text("detail", "[the customer's id has changed]"));
        var moved =
                WhatsAppPeople.movedFrom(
                        party,
                        ids.text("previous"),
                        update.text("previous_user_id"),
                        parents.text("previous"));
        var inbound = Inbound.of(line, moved, content).channel(Platform.WHATSAPP.channel());
        return List.of(at(update, inbound.by(Actor.SYSTEM)));
    }

    /// Consent to marketing. It stops no answers: WhatsApp itself holds back what it forbids.
    static List<Inbound> preference(Node preference, String line, Node contact) {
        var party =
                WhatsAppPeople.party(
                        contact.at("profile").text("name"),
                        preference.text("wa_id"),
                        preference.text("user_id"),
                        contact.text("user_id"),
                        preference.text("parent_user_id"));
        var category = preference.text("category", "");
        var purpose = category.equals("marketing_messages") ? "marketing" : category;
        var content =
                purpose.isEmpty()
                        ? new Content.Custom(
                                Platform.WHATSAPP.name("preference"),
                                preference.json(),
                                preference.text("detail", "[preference]"))
                        : new Content.Consent(purpose, !"stop".equals(preference.text("value")));
        var inbound = Inbound.of(line, party, content).channel(Platform.WHATSAPP.channel());
        return List.of(at(preference, inbound));
    }
}
