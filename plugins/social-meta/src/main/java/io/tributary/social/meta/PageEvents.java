package io.tributary.social.meta;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What happens on Messenger and Instagram
/// (https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/webhook-events).
final class PageEvents {

    private final Platform platform;
    private final PageContents contents;
    private final ThreadOwners owners;

    PageEvents(Platform platform, ThreadOwners owners) {
        this.platform = platform;
        this.contents = new PageContents(platform);
        this.owners = owners;
    }

    List<Inbound> of(Node event, String line, boolean standby) {
        var inbounds = known(event, line);
        return inbounds.stream()
                .map(inbound -> at(event, inbound.channel(platform.channel())))
                .map(inbound ->
                        standby ? inbound.extension(platform.name("standby"), Json.TRUE) : inbound)
                .toList();
    }

    private List<Inbound> known(Node event, String line) {
        try {
            if (event.has("message")) {
                return List.of(message(event, line));
            }
            var party = party(event.at("sender"));
            if (event.has("postback")) {
                return List.of(postback(event.at("postback"), line, party));
            }
            if (event.has("reaction")) {
                return List.of(reaction(event.at("reaction"), line, party));
            }
            if (event.has("message_edit")) {
                return List.of(edit(event.at("message_edit"), line, party));
            }
            if (event.has("read")) {
                return List.of(read(event.at("read"), line, party));
            }
            return event.has("delivery")
                    ? delivered(event.at("delivery"), line, party)
                    : List.of(rarer(event, line, party));
        } catch (Node.Unfamiliar | IllegalArgumentException otherThanItWas) {
            return List.of(unknown(event, line));
        }
    }

    private Inbound message(Node event, String line) {
        var message = event.at("message");
        if (message.flag("is_echo")) {
            return echo(event, line);
        }
        var party = party(event.at("sender"));
        if (message.flag("is_deleted")) {
            return Inbound.of(line, party, new Content.Deleted())
                    .target(Target.external(message.need("mid")));
        }
        return said(message, Inbound.of(line, party, contents.of(message)));
    }

    private Inbound said(Node message, Inbound inbound) {
        var mid = message.text("mid");
        var named = mid == null ? inbound : inbound.id(mid);
        var earlier = message.at("reply_to").text("mid");
        named = earlier == null ? named : named.inReplyTo(earlier);
        var story = message.at("reply_to").at("story");
        named = story.isNothing() ? named : named.extension(platform.name("story"), story.json());
        return referred(message, named);
    }

    /// Which ad or link somebody came by.
    private Inbound referred(Node by, Inbound inbound) {
        return by.has("referral")
                ? inbound.extension(platform.name("referral"), by.at("referral").json())
                : inbound;
    }

    /// Ours if it bears a key of ours: then it settles the send, should its answer be lost. Else
    /// somebody wrote in the page's inbox, or by another app.
    private Inbound echo(Node event, String line) {
        var message = event.at("message");
        var key = SendKeys.key(message.text("metadata"));
        if (key != null) {
            var sent =
                    Inbound.about(line, Target.external(key), Content.receipt(Receipt.Status.SENT));
            var mid = message.text("mid");
            return mid == null ? sent : sent.id(mid);
        }
        var party = party(event.at("recipient"));
        var author = owners.author(message.text("app_id"));
        if (message.flag("is_deleted")) {
            return Inbound.of(line, party, new Content.Deleted())
                    .target(Target.external(message.need("mid")))
                    .ours(author);
        }
        return said(message, Inbound.of(line, party, contents.of(message)).ours(author));
    }

    private Inbound postback(Node postback, String line, Party party) {
        var label = postback.text("title", postback.text("payload", ""));
        var choice = new Content.ChoiceMade(postback.text("payload", label), label);
        var inbound = Inbound.of(line, party, choice);
        var mid = postback.text("mid");
        return referred(postback, mid == null ? inbound : inbound.id(mid));
    }

    private static Inbound reaction(Node reaction, String line, Party party) {
        boolean added = !"unreact".equals(reaction.text("action"));
        var sign = reaction.text("emoji", reaction.text("reaction", ""));
        var content =
                new Content.Reaction(sign.isEmpty() ? WhatsAppContents.WHATEVER_SIGN : sign, added);
        return Inbound.of(line, party, content).target(Target.external(reaction.need("mid")));
    }

    private static Inbound edit(Node edit, String line, Party party) {
        var content = new Content.Edited(Part.of(Content.text(edit.text("text", ""))));
        return Inbound.of(line, party, content).target(Target.external(edit.need("mid")));
    }

    /// Of Messenger everything up to a time, of Instagram a message.
    private static Inbound read(Node read, String line, Party party) {
        var mid = read.text("mid");
        var target = mid == null ? until(read) : Target.external(mid);
        return Inbound.of(line, party, Content.receipt(Receipt.Status.READ)).target(target);
    }

    private static Target until(Node marked) {
        var watermark = marked.whole("watermark");
        if (watermark == null) {
            throw new Node.Unfamiliar("watermark");
        }
        return Target.until(Instant.ofEpochMilli(watermark));
    }

    /// By name where it has names: the time is Meta's, and clocks differ.
    private static List<Inbound> delivered(Node delivery, String line, Party party) {
        var receipt = Content.receipt(Receipt.Status.DELIVERED);
        var mids = delivery.at("mids").list();
        if (mids.isEmpty()) {
            return List.of(Inbound.of(line, party, receipt).target(until(delivery)));
        }
        return mids.stream()
                .map(Node::text)
                .filter(Objects::nonNull)
                .map(mid -> Inbound.about(line, Target.external(mid), receipt))
                .toList();
    }

    private Inbound rarer(Node event, String line, Party party) {
        if (event.has("optin")) {
            return optIn(event.at("optin"), line, party);
        }
        if (event.has("referral")) {
            var referral = event.at("referral");
            var part = contents.unknown("referral", referral);
            return Inbound.of(line, party, List.of(part))
                    .by(Actor.SYSTEM)
                    .extension(platform.name("referral"), referral.json());
        }
        for (var change : List.of("pass_thread_control", "take_thread_control")) {
            if (event.has(change)) {
                return Inbound.of(line, party, owners.handover(event.at(change))).by(Actor.SYSTEM);
            }
        }
        return Inbound.of(line, party, List.of(contents.unknown(what(event), event)))
                .by(Actor.SYSTEM);
    }

    /// Messages of a kind that the customer asked for, and asks for no more
    /// (https://developers.facebook.com/docs/messenger-platform/marketing-messages).
    private Inbound optIn(Node optIn, String line, Party party) {
        var status = optIn.text("notification_messages_status", "");
        if (!"notification_messages".equals(optIn.text("type"))) {
            return Inbound.of(line, party, List.of(contents.unknown("optin", optIn)));
        }
        var content = new Content.Consent("marketing", !status.equals("STOP_NOTIFICATIONS"));
        return Inbound.of(line, party, content).extension(platform.name("optin"), optIn.json());
    }

    /// The member by which the event is known.
    private static String what(Node event) {
        for (var name : event.members().keySet()) {
            if (!List.of("sender", "recipient", "timestamp").contains(name)) {
                return name;
            }
        }
        return "event";
    }

    private Inbound unknown(Node event, String line) {
        var part = contents.unknown(what(event), event);
        var sender = event.at("sender").text("id");
        return sender == null || sender.equals(line)
                ? Inbound.notice(part.content())
                : Inbound.of(line, party(event.at("sender")), List.of(part)).by(Actor.SYSTEM);
    }

    private Party party(Node end) {
        var id = end.need("id");
        var type = platform == Platform.INSTAGRAM ? "instagram.igsid" : "messenger.psid";
        return Party.of(id, Identity.byChannel(type, id));
    }

    private static Inbound at(Node event, Inbound inbound) {
        @Nullable Long millis = event.whole("timestamp");
        return millis == null ? inbound : inbound.at(Instant.ofEpochMilli(millis));
    }
}
