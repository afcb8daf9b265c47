package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.spi.Arrival;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Turns what was delivered into what happened. Pure.
final class Translation {

    private static final String BINARY = SmppChannel.ID + ".binary";
    private static final String PARAMETERS = SmppChannel.ID + ".parameters";

    private final Profile profile;
    private final Receipts receipts;

    Translation(Profile profile) {
        this.profile = profile;
        this.receipts = new Receipts(profile);
    }

    List<Inbound> of(Arrival arrival) {
        var messages = new ArrayList<ShortMessage>(arrival.events().size());
        for (var event : arrival.events()) {
            messages.add(ShortMessage.of(EventReader.command(event.kind()), event.body()));
        }
        var first = messages.getFirst();
        return List.of(first.isReceipt() ? receipts.of(first) : said(messages));
    }

    private Inbound said(List<ShortMessage> messages) {
        var first = messages.getFirst();
        var from = first.from().text(profile.bareIsInternational());
        var to = first.to().text(profile.bareIsInternational());
        if (from.isEmpty() || to.isEmpty()) {
            throw new Malformed("a message without a sender, or without a recipient");
        }
        var inbound = Inbound.of(to, party(from), content(messages));
        var further = further(first);
        return further == null ? inbound : inbound.extension(PARAMETERS, further);
    }

    /// Only a number of the world joins a customer across accounts.
    private static Party party(String from) {
        return NumberForm.isInternational(from)
                ? Party.of(from, Identity.byChannel("phone", from))
                : Party.of(from);
    }

    private Content content(List<ShortMessage> messages) {
        var joined = new JoinedText(profile.alphabet());
        messages.forEach(joined::add);
        var text = joined.end();
        return text == null ? binary(messages) : Content.text(text);
    }

    private static Content binary(List<ShortMessage> messages) {
        var octets = new StringJoiner("");
        int length = 0;
        for (var message : messages) {
            octets.add(hex(message.userData()));
            length += message.userData().length();
        }
        var data =
                "{\"dataCoding\":%d,\"octets\":\"%s\"}"
                        .formatted(messages.getFirst().coding(), octets);
        return new Content.Custom(BINARY, Json.of(data), "[binary SMS of " + length + " octets]");
    }

    /// Optional parameters that stand nowhere else; null: none.
    private static @Nullable Json further(ShortMessage message) {
        var members = new StringJoiner(",", "{", "}").setEmptyValue("");
        message.parameters()
                .forEach((tag, value) -> {
                    if (!Tags.UNDERSTOOD.contains(tag)) {
                        members.add("\"0x%04x\":\"%s\"".formatted(tag, hex(value)));
                    }
                });
        return members.length() == 0 ? null : Json.of(members.toString());
    }

    private static String hex(Bytes octets) {
        return HexFormat.of().formatHex(octets.toArray());
    }
}
