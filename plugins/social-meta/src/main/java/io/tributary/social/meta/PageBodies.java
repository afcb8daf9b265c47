package io.tributary.social.meta;

import io.tributary.model.Actor;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.spi.MediaStore;
import io.tributary.spi.OutboundMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of ours as the Send API of Messenger and Instagram takes it
/// (https://developers.facebook.com/docs/messenger-platform/reference/send-api).
final class PageBodies {

    static final Duration WINDOW = Duration.ofHours(24);
    static final int MOST_BUTTONS = 3;
    static final int MOST_QUICK_REPLIES = 13;
    static final int MOST_CARDS = 10;
    static final int LONGEST_LABEL = 20;
    static final int LONGEST_TITLE = 80;

    /// Of a template with buttons.
    static final int LONGEST_QUESTION = 640;

    private final Files files;

    PageBodies(MediaStore media) {
        this.files = new Files(media);
    }

    /// The requests that it takes, in order: mostly one. Empty: it is not carried.
    List<Members> of(OutboundMessage message, MetaLine line, Instant now) {
        if (message.content() instanceof Content.Reaction reaction) {
            return reaction(reaction, message, line);
        }
        var contents = contents(message.content(), line);
        var requests = new ArrayList<Members>(contents.size());
        for (int i = 0; i < contents.size(); i++) {
            boolean last = i == contents.size() - 1;
            requests.add(addressed(message, line, contents.get(i), last, now));
        }
        return requests;
    }

    private List<Members> contents(Content content, MetaLine line) {
        return switch (content) {
            case Content.Text text -> List.of(Members.of("text", text.text()));
            case Content.Media media -> media(media, line);
            case Content.Choices choices -> List.of(choices(choices));
            case Content.Card card -> cards(List.of(card));
            case Content.Carousel carousel -> cards(carousel.cards());
            default -> List.of();
        };
    }

    /// The words below a file follow it: attachments have none.
    private List<Members> media(Content.Media media, MetaLine line) {
        var link = files.link(media);
        var type = type(media.kind());
        if (link == null || (type.equals("file") && line.platform() == Platform.INSTAGRAM)) {
            return List.of();
        }
        var file = attachment(type, Members.of("url", link));
        var caption = media.caption();
        return caption == null || caption.isEmpty()
                ? List.of(file)
                : List.of(file, Members.of("text", caption));
    }

    private static String type(Content.Media.Kind kind) {
        return switch (kind) {
            case IMAGE, STICKER -> "image";
            case AUDIO, VOICE -> "audio";
            case VIDEO -> "video";
            default -> "file";
        };
    }

    private static Members attachment(String type, Members payload) {
        return Members.of("attachment", Members.of("type", type).with("payload", payload));
    }

    /// Quick replies; where some lead elsewhere, buttons.
    private static Members choices(Content.Choices choices) {
        var all = choices.choices();
        boolean leadsElsewhere = all.stream().anyMatch(choice -> choice.url() != null);
        if (leadsElsewhere && all.size() <= MOST_BUTTONS) {
            return attachment(
                    "template",
                    Members.of("template_type", "button")
                            .with("text", choices.text())
                            .with("buttons", buttons(all)));
        }
        var words = new StringBuilder(choices.text());
        var replies = new ArrayList<Members>();
        for (var choice : all) {
            if (choice.url() == null) {
                replies.add(
                        Members.of("content_type", "text")
                                .with("title", choice.label())
                                .with("payload", choice.id()));
            } else {
                words.append('\n').append(choice.label()).append(": ").append(choice.url());
            }
        }
        return Members.of("text", words.toString())
                .with("quick_replies", replies.isEmpty() ? null : replies);
    }

    private static @Nullable List<Members> buttons(List<Choice> choices) {
        var buttons =
                choices.stream()
                        .map(choice ->
                                choice.url() == null
                                        ? Members.of("type", "postback")
                                                .with("title", choice.label())
                                                .with("payload", choice.id())
                                        : Members.of("type", "web_url")
                                                .with("title", choice.label())
                                                .with("url", choice.url()))
                        .toList();
        return buttons.isEmpty() ? null : buttons;
    }

    /// None of them where one does not fit: nobody may believe that the rest was all.
    private List<Members> cards(List<Content.Card> cards) {
        var elements = new ArrayList<Members>();
        for (var card : cards) {
            var text = card.text();
            boolean fits =
                    isShort(card.title())
                            && (text == null || isShort(text))
                            && card.choices().size() <= MOST_BUTTONS;
            var image = card.image();
            var link = image == null ? null : files.link(image);
            if (!fits || (image != null && link == null)) {
                return List.of();
            }
            elements.add(
                    Members.of("title", card.title())
                            .with("subtitle", text)
                            .with("image_url", link)
                            .with("buttons", buttons(card.choices())));
        }
        return List.of(
                attachment(
                        "template",
                        Members.of("template_type", "generic").with("elements", elements)));
    }

    private static boolean isShort(String text) {
        return text.length() <= LONGEST_TITLE;
    }

    /// Instagram alone takes it, and knows one sign
    /// (https://developers.facebook.com/docs/messenger-platform/instagram/features/reaction).
    private static List<Members> reaction(
            Content.Reaction reaction, OutboundMessage message, MetaLine line) {
        var about = message.target();
        if (line.platform() != Platform.INSTAGRAM
                || about == null
                || about.externalIds().isEmpty()) {
            return List.of();
        }
        var payload =
                Members.of("message_id", about.externalIds().getFirst())
                        .with("reaction", reaction.added() ? "love" : null);
        return List.of(
                Members.of("recipient", Members.of("id", message.conversation().address()))
                        .with("sender_action", reaction.added() ? "react" : "unreact")
                        .with("payload", payload));
    }

    /// The key stands in the last request: its echo says that all of it went.
    private static Members addressed(
            OutboundMessage message, MetaLine line, Members content, boolean last, Instant now) {
        var body = content;
        if (last && line.platform() == Platform.MESSENGER) {
            body = body.with("metadata", SendKeys.carried(message.key()));
        }
        var addressed = Members.of("recipient", Members.of("id", message.conversation().address()));
        addressed =
                isLate(message, now)
                        ? addressed.with("messaging_type", "MESSAGE_TAG").with("tag", "HUMAN_AGENT")
                        : addressed.with("messaging_type", "RESPONSE");
        addressed = addressed.with("message", body);
        var earlier = message.inReplyTo();
        return earlier == null || earlier.externalIds().isEmpty()
                ? addressed
                : addressed.with("reply_to", Members.of("mid", earlier.externalIds().getFirst()));
    }

    /// Whether only a person may still answer.
    static boolean isLate(OutboundMessage message, Instant now) {
        var last = message.conversation().lastFromCustomer();
        return last != null && now.isAfter(last.plus(WINDOW));
    }

    /// Whether nobody may answer it any more who is no person
    /// (https://developers.facebook.com/docs/messenger-platform/send-messages/message-tags).
    static boolean isForPeopleOnly(OutboundMessage message, Instant now) {
        return isLate(message, now) && message.actor().kind() != Actor.Kind.AGENT;
    }
}
