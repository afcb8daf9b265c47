package io.tributary.twilio.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Twilio checks before it takes a message, each with Twilio's own error code.
///
/// The magic numbers of Twilio's test credentials work as well, so that every refusal can be had
/// without a script.
final class SendRules {

    private static final int LONGEST_BODY = 1600;
    private static final int MOST_MEDIA = 10;

    private record Magic(int code, String message) {}

    /// https://www.twilio.com/docs/iam/test-credentials
    private static final Map<String, Magic> TO =
            Map.of(
                    "+15005550001",
                            new Magic(21211, "The 'To' number is not a valid phone number."),
                    "+15005550002",
                            new Magic(
                                    21612, "No route to the 'To' number from this 'From' number."),
                    "+15005550003",
                            new Magic(
                                    21408,
                                    "Permission to send to the region of 'To' is not enabled."),
                    "+15005550004", new Magic(21610, "Attempt to send to unsubscribed recipient"),
                    "+15005550009", new Magic(21614, "'To' number is not a valid mobile number"));

    private static final Map<String, Magic> FROM =
            Map.of(
                    "+15005550001", new Magic(21212, "The 'From' number is not a valid sender."),
                    "+15005550007",
                            new Magic(21606, "The 'From' number does not belong to this account."),
                    "+15005550008",
                            new Magic(21611, "The 'From' number has too many messages queued."));

    private final Options options;
    private final OptOuts optOuts;
    private final InstantSource clock;

    SendRules(Options options, OptOuts optOuts, InstantSource clock) {
        this.options = options;
        this.optOuts = optOuts;
        this.clock = clock;
    }

    /// Answers the message as it enters the queue.
    Message check(Form form) throws Refusal {
        var to = recipient(form.first("To"));
        var service = service(form.first("MessagingServiceSid"));
        var from = sender(form.first("From"), service);
        if (to.equals(from)) {
            throw Refusal.badRequest(21266, "'To' and 'From' number cannot be the same");
        }
        var media = media(form.all("MediaUrl"));
        var body = form.first("Body");
        checkBody(body, media.isEmpty());
        checkValidity(form.first("ValidityPeriod"));
        var callback = statusCallback(form.first("StatusCallback"));
        checkConsent(to, from);
        Instant now = clock.instant();
        return new Message(
                Sids.next(media.isEmpty() ? "SM" : "MM"),
                Message.Origin.COMPANY,
                from,
                to,
                body,
                media,
                service,
                from == null ? Status.ACCEPTED : Status.QUEUED,
                null,
                callback,
                0,
                now,
                now);
    }

    private static String recipient(String to) throws Refusal {
        if (to.isEmpty()) {
            throw Refusal.badRequest(21604, "A 'To' phone number is required.");
        }
        refuseMagic(TO.get(to));
        if (!isNumber(to)) {
            throw Refusal.badRequest(21211, "The 'To' number is not a valid phone number.");
        }
        return to;
    }

    private @Nullable String service(String sid) throws Refusal {
        if (sid.isEmpty()) {
            return null;
        }
        if (!sid.equals(options.messagingService())) {
            throw Refusal.badRequest(21701, "The Messaging Service does not exist");
        }
        return sid;
    }

    private @Nullable String sender(String from, @Nullable String service) throws Refusal {
        if (from.isEmpty()) {
            if (service == null) {
                throw Refusal.badRequest(21603, "A 'From' phone number is required.");
            }
            return null;
        }
        refuseMagic(FROM.get(from));
        if (!options.numbers().contains(from)) {
            throw isNumber(from) || from.length() <= 11
                    ? Refusal.badRequest(
                            21606, "The 'From' number does not belong to this account.")
                    : Refusal.badRequest(21212, "The 'From' number is not a valid sender.");
        }
        return from;
    }

    private static List<Message.Attachment> media(List<String> urls) throws Refusal {
        if (urls.size() > MOST_MEDIA) {
            throw Refusal.badRequest(21623, "Number of media files exceeds allowed limit");
        }
        var media = new ArrayList<Message.Attachment>();
        for (var url : urls) {
            var source = webAddress(url);
            if (source == null) {
                throw Refusal.badRequest(21620, "Invalid media URL(s)");
            }
            media.add(new Message.Attachment(Sids.next("ME"), "application/octet-stream", source));
        }
        return media;
    }

    private static void checkBody(String body, boolean alone) throws Refusal {
        if (body.isEmpty() && alone) {
            throw Refusal.badRequest(21602, "Message body is required.");
        }
        if (body.length() > LONGEST_BODY) {
            throw Refusal.badRequest(
                    21617, "The concatenated message body exceeds the 1600 character limit.");
        }
    }

    private static void checkValidity(String seconds) throws Refusal {
        if (seconds.isEmpty()) {
            return;
        }
        try {
            int validity = Integer.parseInt(seconds);
            if (validity >= 1 && validity <= 36_000) {
                return;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, as what is out of range.
        }
        throw Refusal.badRequest(20001, "ValidityPeriod must be between 1 and 36000");
    }

    private static @Nullable URI statusCallback(String url) throws Refusal {
        if (url.isEmpty()) {
            return null;
        }
        var callback = webAddress(url);
        if (callback == null || callback.getHost().indexOf('_') >= 0) {
            throw Refusal.badRequest(21609, "The 'StatusCallback' URL is not a valid URL.");
        }
        return callback;
    }

    private void checkConsent(String to, @Nullable String from) throws Refusal {
        boolean refused =
                from == null ? optOuts.fromAny(to, options.numbers()) : optOuts.from(to, from);
        if (refused) {
            throw Refusal.badRequest(21610, "Attempt to send to unsubscribed recipient");
        }
    }

    private static void refuseMagic(@Nullable Magic magic) throws Refusal {
        if (magic != null) {
            throw Refusal.badRequest(magic.code(), magic.message());
        }
    }

    private static @Nullable URI webAddress(String url) {
        try {
            var address = new URI(url);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            return web && address.getHost() != null ? address : null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }

    /// E.164: a plus, then 8 to 15 digits of which the first is no zero.
    static boolean isNumber(String text) {
        if (text.length() < 9
                || text.length() > 16
                || text.charAt(0) != '+'
                || text.charAt(1) == '0') {
            return false;
        }
        return text.chars().skip(1).allMatch(letter -> letter >= '0' && letter <= '9');
    }
}
