package io.tributary.social.meta;

import io.tributary.model.Content.Receipt;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.Malformed;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends messages by the Graph API.
///
/// Meta has no idempotency key and no way to look a send up, so what is unknown stays so until a
/// status or an echo names it: both carry the send's key ([SendKeys]).
final class Outgoing {

    private final AccountContext context;
    private final MetaLines lines;
    private final GraphApi api;
    private final InstantSource clock;
    private final WhatsAppBodies whatsApp;
    private final PageBodies pages;

    Outgoing(AccountContext context, MetaLines lines, GraphApi api) {
        this.context = context;
        this.lines = lines;
        this.api = api;
        this.clock = context.clock();
        this.whatsApp = new WhatsAppBodies(context.media());
        this.pages = new PageBodies(context.media());
    }

    SendResult send(OutboundMessage message) throws InterruptedException {
        var line = lines.of(message.conversation());
        if (line == null) {
            return SendResult.rejected(
                    "line", "the line is neither a WhatsApp number nor a page of this account");
        }
        boolean page = line.platform() != Platform.WHATSAPP;
        if (page && PageBodies.isForPeopleOnly(message, clock.instant())) {
            return SendResult.rejected(
                    "human-agent", "after 24 hours only people may answer, not programs");
        }
        var requests = page ? pages.of(message, line, clock.instant()) : whatsApp.of(message, line);
        return requests.isEmpty()
                ? SendResult.rejected("content", line.platform().channel() + " does not carry this")
                : send(message, line, requests);
    }

    /// What was taken in an earlier attempt is not sent again.
    private SendResult send(OutboundMessage message, MetaLine line, List<Members> requests)
            throws InterruptedException {
        var sent = new ArrayList<Sent>();
        SendResult result = SendResult.accepted(message.sent());
        for (var request : requests.subList(taken(message, requests), requests.size())) {
            result = send(message, line, request);
            if (!(result instanceof SendResult.Accepted accepted)) {
                return result.having(sent);
            }
            sent.addAll(accepted.sent());
        }
        return sent.isEmpty() ? result : result.having(sent);
    }

    private static int taken(OutboundMessage message, List<Members> requests) {
        return Math.min(message.sent().size(), requests.size());
    }

    private SendResult send(OutboundMessage message, MetaLine line, Members request)
            throws InterruptedException {
        try {
            var answer = api.message(line, request);
            return answer.successful()
                    ? taken(message, line, answer)
                    : refused(message, line, answer);
        } catch (Http.Failure failure) {
            return SendResult.of(failure);
        }
    }

    /// Where one line waits for an operator the others go on, so the account does not stop: it says
    /// so instead.
    private SendResult refused(OutboundMessage message, MetaLine line, Http.Answer answer) {
        var result = GraphErrors.of(answer, message.attempt(), line.ownToken());
        if (GraphErrors.isForOperator(result) && result instanceof SendResult.Retry retry) {
            var which = line.platform().channel() + " " + line.id();
            context.report(
                    Health.degraded(which + " sends nothing: " + retry.reason().text())
                            .action("settle it at Meta, or put a new token into the settings"));
        }
        return result;
    }

    private static SendResult taken(OutboundMessage message, MetaLine line, Http.Answer answer) {
        Node body;
        try {
            body = JsonSource.read(answer.body());
        } catch (Malformed noJson) {
            return notMetas();
        }
        return line.platform() == Platform.WHATSAPP ? byWhatsApp(message, body) : byPage(body);
    }

    private static SendResult byWhatsApp(OutboundMessage message, Node body) {
        var messages = body.at("messages").list();
        var id = messages.isEmpty() ? null : messages.getFirst().text("id");
        if (id == null) {
            return notMetas();
        }
        var result = SendResult.accepted(id).reached(Receipt.Status.ACCEPTED);
        var used = used(message.conversation().address(), body);
        return used == null ? result : result.at(used);
    }

    /// WhatsApp's own form of the number, where it is another (Mexico, Brazil).
    private static @Nullable String used(String address, Node body) {
        var contacts = body.at("contacts").list();
        var waId = contacts.isEmpty() ? null : contacts.getFirst().text("wa_id");
        if (waId == null || !address.startsWith("+") || !Phones.isWaId(waId)) {
            return null;
        }
        var used = Phones.address(waId);
        return used.equals(address) ? null : used;
    }

    /// A reaction gets no id of its own.
    private static SendResult byPage(Node body) {
        var id = body.text("message_id");
        if (id != null) {
            return SendResult.accepted(id);
        }
        return body.has("recipient_id") ? SendResult.accepted() : notMetas();
    }

    private static SendResult notMetas() {
        return SendResult.unknown("answer", "Meta answered success without a message");
    }
}
