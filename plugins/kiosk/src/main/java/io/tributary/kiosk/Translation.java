package io.tributary.kiosk;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Content.Alert.Severity;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Content.Visit;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a device's call means. Knows the event alone.
final class Translation {

    private static final String SESSION = "session";

    private final RawEvent event;
    private final Message.Call call;
    private final JsonNode said;

    private Translation(RawEvent event) {
        if (!(MessageReader.read(event.body().utf8()) instanceof Message.Call read)) {
            throw new Malformed("only calls are kept");
        }
        this.event = event;
        this.call = read;
        this.said = read.payload();
    }

    /// @throws Malformed a call lacks what it is about
    static List<Inbound> of(Arrival arrival) {
        return new Translation(arrival.event()).all();
    }

    private List<Inbound> all() {
        // by the device's clock; one that cannot be read is as good as none
        var at = WireJson.time(said, "at");
        return inbounds().stream()
                .map(each -> at == null ? each : each.at(at))
                .map(each -> each.extension("kiosk.device", text(KioskSession.DEVICE)))
                .map(each -> each.extension("kiosk.store", text(KioskSession.STORE)))
                .map(each -> each.extension("kiosk.floor", text(KioskSession.FLOOR)))
                .toList();
    }

    private List<Inbound> inbounds() {
        return switch (call.action()) {
            case CheckIns.ACTION -> checkIn();
            case "Printed" -> List.of(receipt(printed()));
            case "Seen" -> List.of(receipt(Content.receipt(Receipt.Status.READ)));
            case "Report" -> List.of(Inbound.notice(report()).by(Actor.SYSTEM));
            case "Choose" -> List.of(choice());
            case "EndSession" -> List.of(end());
            default -> List.of(inSession(content()));
        };
    }

    private Content content() {
        return switch (call.action()) {
            case "BeginSession" -> new Visit(Visit.Event.BEGAN, place());
            case "Say" -> Content.text(WireJson.need(said, "text"));
            case "Scan" ->
                    new Content.Scan(
                            WireJson.need(said, "symbology").toLowerCase(Locale.ROOT),
                            WireJson.need(said, "value"));
            case "Tap" -> new Content.Tap(WireJson.need(said, "on"), optional("label"));
            case "AskForHelp" -> help();
            case "TakeTicket" ->
                    Content.custom("kiosk.ticket", payload(), "Asks for a queue ticket");
            default -> unknown();
        };
    }

    /// What a device of tomorrow says: nothing of it is lost.
    private Content unknown() {
        return Content.custom(
                "kiosk." + call.action(), payload(), "[kiosk: " + call.action() + "]");
    }

    /// Somebody stands there and waits, unless the device says that it has time.
    private Content help() {
        var topic = WireJson.text(said, "topic");
        var text = WireJson.text(said, "text");
        boolean urgent = said.path("urgent").asBoolean(true);
        return new Content.Alert(
                "help",
                urgent ? Severity.URGENT : Severity.WARNING,
                topic.isEmpty() || text.isEmpty() ? topic + text : topic + ": " + text);
    }

    private Inbound choice() {
        var id = WireJson.need(said, "id");
        var label = WireJson.text(said, "label");
        var made = inSession(new Content.ChoiceMade(id, label.isEmpty() ? id : label));
        var asked = WireJson.text(said, "key");
        return asked.isEmpty() ? made : made.inReplyTo(external(asked));
    }

    private Inbound end() {
        var ended = inSession(new Visit(Visit.Event.ENDED, place()));
        var reason = WireJson.text(said, "reason");
        return reason.isEmpty() ? ended : ended.extension("kiosk.ended", Json.string(reason));
    }

    /// The customer hands over who they are, by a code on their phone or a card. Without their
    /// consent it is a mere visit: the identity goes no further than the raw event.
    private List<Inbound> checkIn() {
        var visit = new Visit(Visit.Event.CHECKED_IN, place());
        var consent = said.path("consent");
        if (!consent.isObject()) {
            return List.of(inSession(visit));
        }
        var purpose = WireJson.text(consent, "purpose");
        boolean granted = CheckIns.agrees(said);
        var told = new Content.Consent(purpose.isEmpty() ? "identity" : purpose, granted);
        var name = optional("name");
        var party = granted ? known(name) : party().named(name);
        var checkedIn = Inbound.of(event.note(KioskSession.STORE), party, visit);
        return List.of(
                inSession(told),
                said.path("identity").path(CheckIns.REFUSED).asBoolean(false)
                        ? checkedIn.extension("kiosk.token", Json.string(CheckIns.REFUSED))
                        : checkedIn);
    }

    /// What a token vouched for when it was shown; else what they say themselves.
    private Party known(@Nullable String name) {
        var checked = event.notes().get(CheckIns.PERSON);
        if (checked == null) {
            return party(claimed()).named(name);
        }
        var person = Person.read(checked);
        return party(person.identities()).named(person.name() == null ? name : person.name());
    }

    private List<Identity> claimed() {
        var who = said.path("identity");
        if (!who.has("type") && who.has(CheckIns.REFUSED)) {
            return List.of();
        }
        var given = who.path("value");
        // a card's number may come as one
        var value = given.isIntegralNumber() ? given.asString() : WireJson.need(who, "value");
        return List.of(Identity.claimed(WireJson.need(who, "type"), value));
    }

    private Receipt printed() {
        var reason = WireJson.text(said, "reason");
        return said.path("done").asBoolean(true)
                ? Content.receipt(Receipt.Status.DELIVERED)
                : Content.failed(
                        Reason.of(
                                reason.isEmpty() ? "not-printed" : reason,
                                "the device could not print it"));
    }

    /// Whatever key it names is one of its own.
    private String external(String key) {
        return Answers.external(event.note(KioskSession.DEVICE), key);
    }

    private Inbound receipt(Receipt receipt) {
        return Inbound.about(
                event.note(KioskSession.STORE),
                Target.external(external(WireJson.need(said, "key"))),
                receipt);
    }

    private Content report() {
        var severity =
                switch (WireJson.text(said, "severity")) {
                    case "info" -> Severity.INFO;
                    case "urgent" -> Severity.URGENT;
                    case "critical" -> Severity.CRITICAL;
                    default -> Severity.WARNING;
                };
        var text = WireJson.text(said, "text");
        var kind = WireJson.need(said, "kind");
        return new Content.Alert(kind, severity, place() + ": " + (text.isEmpty() ? kind : text));
    }

    private Inbound inSession(Content content) {
        var inbound = Inbound.of(event.note(KioskSession.STORE), party(), content);
        var language = WireJson.text(said, "language");
        return language.isEmpty() ? inbound : inbound.locale(Locale.forLanguageTag(language));
    }

    private Party party() {
        return party(List.of());
    }

    /// Each session is an address of its own, under a token that its device alone has.
    private Party party(List<Identity> identities) {
        return Party.of(address(), identities.toArray(Identity[]::new)).inSession();
    }

    private String address() {
        return Address.of(event.note(KioskSession.DEVICE), WireJson.need(said, SESSION));
    }

    private String place() {
        return new Place(
                        event.note(KioskSession.DEVICE),
                        event.note(KioskSession.STORE),
                        event.note(KioskSession.FLOOR),
                        "")
                .path();
    }

    private @Nullable String optional(String name) {
        var text = WireJson.text(said, name);
        return text.isEmpty() ? null : text;
    }

    private Json payload() {
        return Json.of(WireJson.write(call.payload()));
    }

    private Json text(String note) {
        return Json.string(event.note(note));
    }
}
