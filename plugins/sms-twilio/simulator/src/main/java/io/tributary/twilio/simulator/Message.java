package io.tributary.twilio.simulator;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message that the simulated Twilio took, from a customer or to one.
///
/// @param sid `SM…`, or `MM…` where it has media
/// @param origin who sent it
/// @param from null as long as a messaging service has not chosen a number
/// @param media what is attached
/// @param service the messaging service that sends it; null for none
/// @param errorCode why it did not arrive; null: no error
/// @param statusCallback where status callbacks go; null: nowhere
/// @param webhook the status of the webhook's last answer, for a customer's message; 0: not yet,
///   [#UNANSWERED]: nobody answered
public record Message(
        String sid,
        Origin origin,
        @Nullable String from,
        String to,
        String body,
        List<Attachment> media,
        @Nullable String service,
        Status status,
        @Nullable Integer errorCode,
        @Nullable URI statusCallback,
        int webhook,
        Instant created,
        Instant updated) {

    /// Nobody answered the webhook, or nobody is configured to.
    public static final int UNANSWERED = -1;

    /// Who sends messages.
    public enum Origin {
        CUSTOMER,
        /// The company, by the API.
        COMPANY,
        /// Twilio itself, in reply to STOP, START or HELP.
        TWILIO
    }

    /// A picture or a file on a message.
    ///
    /// @param sid `ME…`
    /// @param type its media type
    /// @param source where the sender keeps it, on a message to a customer; null where the customer
    ///   sent it
    public record Attachment(String sid, String type, @Nullable URI source) {}

    /// Keeps its own copy.
    public Message {
        media = List.copyOf(media);
    }

    /// Whether a customer sent it.
    public boolean inbound() {
        return origin == Origin.CUSTOMER;
    }

    Message status(Status now, @Nullable Integer error, Instant at) {
        return changed(from, media, now, error, webhook, at);
    }

    Message sentBy(String number, Instant at) {
        return changed(number, media, status, errorCode, webhook, at);
    }

    Message answered(int webhookStatus, Instant at) {
        return changed(from, media, status, errorCode, webhookStatus, at);
    }

    Message having(List<Attachment> attachments, Instant at) {
        return changed(from, attachments, status, errorCode, webhook, at);
    }

    private Message changed(
            @Nullable String sender,
            List<Attachment> attachments,
            Status now,
            @Nullable Integer error,
            int answer,
            Instant at) {
        return new Message(
                sid,
                origin,
                sender,
                to,
                body,
                attachments,
                service,
                now,
                error,
                statusCallback,
                answer,
                created,
                at);
    }

    /// Without what was said.
    @Override
    public String toString() {
        return "Message[" + sid + ", " + status.wire() + "]";
    }
}
