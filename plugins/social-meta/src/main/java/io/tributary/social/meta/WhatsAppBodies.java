package io.tributary.social.meta;

import io.tributary.model.Content;
import io.tributary.spi.MediaStore;
import io.tributary.spi.OutboundMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of ours as the Cloud API takes it
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages).
final class WhatsAppBodies {

    private final Files files;

    WhatsAppBodies(MediaStore media) {
        this.files = new Files(media);
    }

    /// The requests that it takes, in order: mostly one. Empty: WhatsApp does not carry it.
    List<Members> of(OutboundMessage message, MetaLine line) {
        var contents = contents(message, line);
        var requests = new ArrayList<Members>(contents.size());
        for (int i = 0; i < contents.size(); i++) {
            boolean last = i == contents.size() - 1;
            requests.add(addressed(message, contents.get(i), last));
        }
        return requests;
    }

    private List<Members> contents(OutboundMessage message, MetaLine line) {
        var content = message.content();
        return switch (content) {
            case Content.Text text -> List.of(text(text.text()));
            case Content.Media media -> media(media);
            case Content.Location place -> List.of(location(place));
            case Content.ContactCard card -> List.of(contact(card));
            case Content.Choices choices -> WhatsAppInteractive.choices(choices, line.listButton());
            case Content.Card card -> card(card, line.listButton());
            case Content.Template template -> List.of(WhatsAppTemplates.of(template));
            case Content.Reaction reaction -> reaction(reaction, message.target());
            case Content.Custom custom when custom.name().equals(WhatsAppInteractive.RAW) ->
                    List.of(Members.of("type", "interactive").with("interactive", custom.data()));
            default -> List.of();
        };
    }

    static Members text(String text) {
        return Members.of("type", "text").with("text", Members.of("body", text));
    }

    /// What has no words below it in WhatsApp is followed by them.
    private List<Members> media(Content.Media media) {
        var type = type(media.kind());
        var link = files.link(media);
        if (link == null) {
            return List.of();
        }
        var caption = media.caption() == null || media.caption().isEmpty() ? null : media.caption();
        boolean below = !type.equals("audio") && !type.equals("sticker");
        var file =
                Members.of("link", link)
                        .with("caption", below ? caption : null)
                        .with("filename", type.equals("document") ? media.name() : null)
                        .with("voice", media.kind() == Content.Media.Kind.VOICE ? true : null);
        var sent = Members.of("type", type).with(type, file);
        return below || caption == null ? List.of(sent) : List.of(sent, text(caption));
    }

    private static String type(Content.Media.Kind kind) {
        return switch (kind) {
            case IMAGE -> "image";
            case AUDIO, VOICE -> "audio";
            case VIDEO -> "video";
            case STICKER -> "sticker";
            default -> "document";
        };
    }

    private static Members location(Content.Location place) {
        return Members.of("type", "location")
                .with(
                        "location",
                        Members.of("latitude", place.latitude())
                                .with("longitude", place.longitude())
                                .with("name", place.name())
                                .with("address", place.address()));
    }

    private static Members contact(Content.ContactCard card) {
        var name = Members.of("formatted_name", card.name()).with("first_name", card.name());
        var company = card.organization();
        var contact =
                Members.of("name", name)
                        .with("org", company == null ? null : Members.of("company", company))
                        .with("phones", reach(card, "phone", "phone"))
                        .with("emails", reach(card, "email", "email"))
                        .with("urls", reach(card, "url", "url"))
                        .with("addresses", reach(card, "address", "street"));
        return Members.of("type", "contacts").with("contacts", List.of(contact));
    }

    private static @Nullable List<Members> reach(
            Content.ContactCard card, String type, String member) {
        var all =
                card.reach().stream()
                        .filter(reach -> reach.type().equals(type))
                        .map(reach -> Members.of(member, reach.value()).with("type", reach.label()))
                        .toList();
        return all.isEmpty() ? null : all;
    }

    private List<Members> card(Content.Card card, String listButton) {
        var image = card.image();
        var link = image == null ? null : files.link(image);
        return image != null && link == null
                ? List.of()
                : WhatsAppInteractive.card(card, link, listButton);
    }

    private static List<Members> reaction(
            Content.Reaction reaction, OutboundMessage.@Nullable Reference about) {
        if (about == null || about.externalIds().isEmpty()) {
            return List.of();
        }
        var sign =
                Members.of("message_id", about.externalIds().getFirst())
                        .with("emoji", reaction.added() ? reaction.emoji() : "");
        return List.of(Members.of("type", "reaction").with("reaction", sign));
    }

    /// The key stands in the last request: its status speaks for all of the send, that of an
    /// earlier one for its own id.
    private static Members addressed(OutboundMessage message, Members content, boolean last) {
        var address = message.conversation().address();
        boolean group = WhatsAppPeople.isGroup(address);
        var addressed =
                Members.of("messaging_product", "whatsapp")
                        .with("recipient_type", group ? "group" : "individual")
                        .with(WhatsAppPeople.isScoped(address) ? "recipient" : "to", address)
                        .with(
                                "biz_opaque_callback_data",
                                last ? SendKeys.carried(message.key()) : null);
        var quoted = message.content() instanceof Content.Reaction ? null : message.inReplyTo();
        var whole =
                quoted == null || quoted.externalIds().isEmpty()
                        ? addressed
                        : addressed.with(
                                "context",
                                Members.of("message_id", quoted.externalIds().getFirst()));
        for (var member : content.all().entrySet()) {
            whole = whole.with(member.getKey(), member.getValue());
        }
        return whole;
    }
}
