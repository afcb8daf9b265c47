package io.tributary.twilio.simulator;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes messages of customers and tells the company's webhook of them. Thread safe.
final class Arrivals {

    private final Options options;
    private final Ledger ledger;
    private final OptOuts optOuts;
    private final Deliveries deliveries;
    private final Caller caller;
    private final InstantSource clock;
    private volatile @Nullable URI webhook;
    private volatile URI self = URI.create("http://127.0.0.1");

    Arrivals(
            Options options,
            Ledger ledger,
            OptOuts optOuts,
            Deliveries deliveries,
            Caller caller,
            InstantSource clock) {
        this.options = options;
        this.ledger = ledger;
        this.optOuts = optOuts;
        this.deliveries = deliveries;
        this.caller = caller;
        this.clock = clock;
        this.webhook = options.webhook();
    }

    /// Where the media of messages are to be had.
    void servedAt(URI url) {
        self = url;
    }

    void webhook(URI url) {
        webhook = url;
    }

    @Nullable URI webhook() {
        return webhook;
    }

    /// Takes a message, without telling of it yet.
    Message take(String from, String to, String body, List<Message.Attachment> media) {
        var now = clock.instant();
        var message =
                new Message(
                        Sids.next(media.isEmpty() ? "SM" : "MM"),
                        Message.Origin.CUSTOMER,
                        from,
                        to,
                        body,
                        media,
                        options.messagingService(),
                        Status.RECEIVED,
                        null,
                        null,
                        0,
                        now,
                        now);
        ledger.add(message);
        deliveries.remember(from, to);
        return message;
    }

    /// Tells of a message and waits for the answer; Twilio's own reply to STOP, START or HELP goes
    /// out as well.
    Webhook tell(Message message, Map<String, String> more) throws InterruptedException {
        var word = OptOuts.word(message.body());
        if (word != null) {
            reply(message, optOuts.apply(word, sender(message), message.to()));
        }
        var url = webhook;
        var answer =
                url == null
                        ? new Webhook(message.sid(), "", List.of())
                        : caller.call(
                                message.sid(), url, form(message, word, more), options.byGet());
        int status = answer.status() == 0 ? Message.UNANSWERED : answer.status();
        ledger.change(message.sid(), (taken, now) -> taken.answered(status, now));
        return answer;
    }

    /// It never passes the webhook: the company learns of it by `OptOutType` alone.
    private void reply(Message to, String text) {
        var now = clock.instant();
        ledger.add(
                new Message(
                        Sids.next("SM"),
                        Message.Origin.TWILIO,
                        to.to(),
                        sender(to),
                        text,
                        List.of(),
                        to.service(),
                        Status.DELIVERED,
                        null,
                        null,
                        0,
                        now,
                        now));
    }

    private Form form(Message message, OptOuts.@Nullable Word word, Map<String, String> more) {
        var form =
                Form.EMPTY
                        .with("ToCountry", "US")
                        .with("ToState", "")
                        .with("SmsMessageSid", message.sid())
                        .with("NumMedia", Integer.toString(message.media().size()))
                        .with("ToCity", "")
                        .with("FromZip", "94103")
                        .with("SmsSid", message.sid())
                        .with("FromState", "CA")
                        .with("SmsStatus", "received")
                        .with("FromCity", "SAN FRANCISCO")
                        .with("Body", message.body())
                        .with("FromCountry", "US")
                        .with("To", message.to())
                        .with("ToZip", "")
                        .with("NumSegments", Integer.toString(Segments.count(message.body())))
                        .with("MessageSid", message.sid())
                        .with("AccountSid", options.accountSid())
                        .with("From", sender(message))
                        .with("ApiVersion", "2010-04-01");
        if (message.service() != null) {
            form = form.with("MessagingServiceSid", message.service());
        }
        if (word != null && options.advancedOptOut()) {
            form = form.with("OptOutType", word.name());
        }
        int number = 0;
        for (var medium : message.media()) {
            form =
                    form.with("MediaUrl" + number, mediaUrl(message, medium))
                            .with("MediaContentType" + number, medium.type());
            number++;
        }
        for (var field : more.entrySet()) {
            form = form.with(field.getKey(), field.getValue());
        }
        return form;
    }

    private String mediaUrl(Message message, Message.Attachment medium) {
        return self
                + "/2010-04-01/Accounts/"
                + options.accountSid()
                + "/Messages/"
                + message.sid()
                + "/Media/"
                + medium.sid();
    }

    private static String sender(Message message) {
        return message.from() == null ? "" : message.from();
    }
}
