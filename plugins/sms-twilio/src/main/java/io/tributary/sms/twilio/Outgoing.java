package io.tributary.sms.twilio;

import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.twilio.JsonReader;
import io.tributary.twilio.TwilioApi;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Sends messages by Twilio's REST API, and finds out afterwards whether one was taken.
///
/// Twilio has no idempotency key, so nothing is sent again whose outcome is unknown. What settles
/// it is the status callback: its address carries the send's key, so it names the send even if the
/// answer never came.
final class Outgoing {

    /// Twilio repeats a callback up to five times, within 15 s, whatever went wrong.
    private static final String PERSISTENTLY = "#rc=5&rp=all";

    /// Twilio downloads media when it takes the message out of its queue.
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final int LONGEST_LIST = 50;
    private static final int MOST_REMEMBERED = 256;

    private final AccountContext context;
    private final TwilioApi api;
    private final String statusUrl;
    private final @Nullable String service;
    private final Duration validity;

    /// The latest messages that Twilio took by name: no look-up may take them for another one.
    private final ArrayDeque<String> accepted = new ArrayDeque<>();

    /// Sends for one account.
    ///
    /// @param statusUrl where status callbacks go
    Outgoing(AccountContext context, TwilioApi api, String statusUrl) {
        var settings = context.settings();
        this.context = context;
        this.api = api;
        this.statusUrl = statusUrl;
        this.service =
                settings.has("messagingServiceSid") ? settings.text("messagingServiceSid") : null;
        this.validity = settings.duration("validity", TwilioChannel.LONGEST_VALIDITY);
    }

    SendResult send(OutboundMessage message) throws InterruptedException {
        if (!message.sent().isEmpty()) {
            return SendResult.accepted(message.sent());
        }
        var form = new ArrayList<Fields.Field>();
        var line = message.conversation().line();
        add(form, "To", message.conversation().address());
        if (!line.equals(service)) {
            add(form, "From", line);
        }
        if (service != null) {
            add(form, "MessagingServiceSid", service);
        }
        if (!addContent(form, message)) {
            return SendResult.rejected("content", "SMS carries text and stored files only");
        }
        add(form, "ValidityPeriod", Long.toString(secondsLeft(message)));
        add(form, "StatusCallback", statusUrl + message.key() + PERSISTENTLY);
        try {
            return result(message, api.post("/Messages.json", new Fields(form)));
        } catch (Http.Failure failure) {
            return SendResult.of(failure);
        }
    }

    private boolean addContent(List<Fields.Field> form, OutboundMessage message) {
        for (var part : message.parts()) {
            if (part.content() instanceof Content.Media media && media.id() != null) {
                add(form, "MediaUrl", context.media().link(media.id(), validity.plus(MARGIN)));
            } else if (!(part.content() instanceof Content.Text)) {
                return false;
            }
        }
        var body = body(message);
        if (!body.isEmpty()) {
            add(form, "Body", body);
        }
        return true;
    }

    /// The text, and where there is none what stands under the files.
    private static String body(OutboundMessage message) {
        var captions = new StringJoiner("\n");
        for (var part : message.parts()) {
            if (part.content() instanceof Content.Text text) {
                return text.text();
            }
            if (part.content() instanceof Content.Media media && media.caption() != null) {
                captions.add(media.caption());
            }
        }
        return captions.toString();
    }

    private static void add(List<Fields.Field> form, String name, Object value) {
        form.add(new Fields.Field(name, value.toString()));
    }

    private long secondsLeft(OutboundMessage message) {
        var left = Duration.between(context.clock().instant(), message.expiresAt());
        return Math.clamp(left.toSeconds(), 1, validity.toSeconds());
    }

    private SendResult result(OutboundMessage message, Http.Answer answer) {
        if (!answer.successful()) {
            return ErrorCodes.of(answer);
        }
        var taken = JsonReader.object(answer.body());
        return taken.get("sid") instanceof String sid && !sid.isEmpty()
                ? accepted(message, sid, taken)
                : SendResult.unknown("answer", "Twilio answered success without a message");
    }

    private SendResult accepted(OutboundMessage message, String sid, Map<?, ?> taken) {
        remember(sid);
        var result = SendResult.accepted(sid);
        if (taken.get("status") instanceof String status) {
            var reached = ErrorCodes.reached(status);
            result = result.reached(reached == null ? Receipt.Status.ACCEPTED : reached);
        }
        return taken.get("to") instanceof String to
                        && !to.isEmpty()
                        && !to.equals(message.conversation().address())
                ? result.at(to)
                : result;
    }

    /// Looks among the messages to this customer for the one that an attempt may have left.
    ///
    /// Found is found: the same parties and the same content, created since the first attempt,
    /// while this conversation sent nothing else, and not accepted by name before. Not found proves
    /// nothing (Twilio promises no time in which a message is listed), so it is never sent again
    /// for that.
    SendResult lookUp(OutboundMessage message) throws InterruptedException {
        var line = message.conversation().line();
        var query = Fields.of("To", message.conversation().address());
        if (!line.equals(service)) {
            query = query.with("From", line);
        }
        query = query.with("PageSize", Integer.toString(LONGEST_LIST));
        try {
            var answer = api.get("/Messages.json?" + query.encode().utf8());
            return answer.successful()
                    ? found(message, answer)
                    : undecided("Twilio cannot tell now");
        } catch (Http.Failure failure) {
            return undecided("Twilio cannot be asked now");
        }
    }

    private SendResult found(OutboundMessage message, Http.Answer answer) {
        if (!(JsonReader.object(answer.body()).get("messages") instanceof List<?> messages)) {
            return undecided("Twilio's list of messages is unreadable");
        }
        var since = byTwiliosClock(message.firstTriedAt(), answer);
        var candidates =
                messages.stream()
                        .filter(item -> item instanceof Map<?, ?> one && fits(message, one, since))
                        .map(item -> (Map<?, ?>) item)
                        .toList();
        return candidates.size() == 1 && candidates.getFirst().get("sid") instanceof String sid
                ? accepted(message, sid, candidates.getFirst())
                : undecided(
                        candidates.isEmpty()
                                ? "Twilio does not list it (yet)"
                                : "Twilio lists several that are alike");
    }

    private boolean fits(OutboundMessage message, Map<?, ?> listed, Instant since) {
        var created = date(listed.get("date_created"));
        long files =
                message.parts().stream()
                        .filter(part -> part.content() instanceof Content.Media)
                        .count();
        return created != null
                && !created.isBefore(since)
                && body(message).equals(listed.get("body"))
                && Long.toString(files).equals(listed.get("num_media"))
                && String.valueOf(listed.get("direction")).startsWith("outbound")
                && !remembers(listed.get("sid"));
    }

    /// Twilio's times are whole seconds of its own clock.
    private Instant byTwiliosClock(Instant ours, Http.Answer answer) {
        var theirs = date(answer.header("date"));
        var ahead =
                theirs == null
                        ? Duration.ZERO
                        : Duration.between(context.clock().instant(), theirs);
        return ours.plus(ahead).minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    }

    private static @Nullable Instant date(@Nullable Object text) {
        try {
            return text instanceof String date
                    ? DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from)
                    : null;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static SendResult undecided(String why) {
        return SendResult.unknown("undecided", why);
    }

    private void remember(String sid) {
        synchronized (accepted) {
            accepted.addLast(sid);
            if (accepted.size() > MOST_REMEMBERED) {
                accepted.removeFirst();
            }
        }
    }

    private boolean remembers(@Nullable Object sid) {
        synchronized (accepted) {
            return accepted.contains(sid);
        }
    }
}
