package io.tributary.twilio.simulator;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Twilio's JSON of accounts and messages: numbers as texts, RFC 2822 dates, null for what is not
/// known yet.
final class Resources {

    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss xx", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private final String account;

    Resources(String account) {
        this.account = account;
    }

    Object account() {
        return Json.object(
                "sid",
                account,
                "friendly_name",
                "Simulated account",
                "status",
                "active",
                "type",
                "Full",
                "owner_account_sid",
                account,
                "date_created",
                RFC_2822.format(Instant.EPOCH),
                "date_updated",
                RFC_2822.format(Instant.EPOCH),
                "uri",
                "/2010-04-01/Accounts/" + account + ".json");
    }

    Object message(Message message) {
        var path = "/2010-04-01/Accounts/" + account + "/Messages/" + message.sid();
        // A messaging service has not cut the text as long as it has not chosen the number.
        int segments = message.from() == null ? 0 : Segments.count(message.body());
        return Json.object(
                "body",
                message.body(),
                "num_segments",
                Integer.toString(segments),
                "direction",
                message.inbound() ? "inbound" : "outbound-api",
                "from",
                message.from(),
                "to",
                message.to(),
                "date_updated",
                RFC_2822.format(message.updated()),
                "price",
                null,
                "error_message",
                null,
                "uri",
                path + ".json",
                "account_sid",
                account,
                "num_media",
                Integer.toString(message.media().size()),
                "status",
                message.status().wire(),
                "messaging_service_sid",
                message.service(),
                "sid",
                message.sid(),
                "date_sent",
                dateSent(message),
                "date_created",
                RFC_2822.format(message.created()),
                "error_code",
                message.errorCode(),
                "price_unit",
                "USD",
                "api_version",
                "2010-04-01",
                "subresource_uris",
                Json.object("media", path + "/Media.json"));
    }

    Object page(List<Message> messages, URI request, int page, int size) {
        int from = Math.min(page * size, messages.size());
        int to = Math.min(from + size, messages.size());
        var path = request.getRawPath();
        return Json.object(
                "messages",
                messages.subList(from, to).stream().map(this::message).toList(),
                "page",
                page,
                "page_size",
                size,
                "start",
                from,
                "end",
                Math.max(from, to - 1),
                "uri",
                request.toString(),
                "first_page_uri",
                path + "?PageSize=" + size + "&Page=0",
                "previous_page_uri",
                page == 0 ? null : path + "?PageSize=" + size + "&Page=" + (page - 1),
                "next_page_uri",
                to == messages.size() ? null : path + "?PageSize=" + size + "&Page=" + (page + 1));
    }

    private static @Nullable String dateSent(Message message) {
        return message.inbound() || message.status().compareTo(Status.SENT) >= 0
                ? RFC_2822.format(message.updated())
                : null;
    }
}
