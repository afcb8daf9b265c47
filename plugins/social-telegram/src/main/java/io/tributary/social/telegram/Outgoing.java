package io.tributary.social.telegram;

import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.MediaId;
import io.tributary.spi.Http;
import io.tributary.spi.MediaStore;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Sends messages. Telegram has no key by which it would know one that comes again, and tells
/// nobody afterwards what it took: an outcome that is unknown stays so. What is the same when done
/// twice (an edit, a deletion, a reaction) is done again instead.
final class Outgoing {

    /// Each is held in memory until it is sent.
    static final int UPLOADS_AT_ONCE = 4;

    /// For one of them to end: who waits as long as a send may take is cut off, and then nobody
    /// knows any more that it was never sent.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BotApi api;
    private final MediaStore media;
    private final Duration patience;
    private final Semaphore uploads = new Semaphore(UPLOADS_AT_ONCE);

    Outgoing(BotApi api, MediaStore media) {
        this(api, media, PATIENCE);
    }

    /// @param patience for another upload to end
    Outgoing(BotApi api, MediaStore media, Duration patience) {
        this.api = api;
        this.media = media;
        this.patience = patience;
    }

    /// All places for uploads are taken.
    private static final class NoPlace extends IOException {

        private static final long serialVersionUID = 1;
    }

    SendResult send(OutboundMessage message) throws InterruptedException {
        if (!message.sent().isEmpty()) {
            return SendResult.accepted(message.sent());
        }
        try {
            return send(Composer.of(message), message);
        } catch (Unsendable unsendable) {
            return SendResult.rejected("content", unsendable.why());
        } catch (FormData.TooLarge tooLarge) {
            return SendResult.rejected("too-large", "the file is larger than a bot may send");
        } catch (NoPlace busy) {
            return SendResult.retry("uploads", "other files are being sent");
        } catch (Http.Failure failure) {
            return SendResult.of(failure);
        } catch (IOException unreadable) {
            return SendResult.retry("media", "the stored file cannot be read now");
        }
    }

    /// Again where the answer says that nothing was done, and what to do instead.
    private SendResult send(Request composed, OutboundMessage message)
            throws IOException, InterruptedException {
        var request = composed;
        var answer = call(request);
        var moved = answer.ok() ? null : answer.migratedTo();
        if (moved != null && isAboutEarlier(message)) {
            // there the number is another message's
            return SendResult.rejected("moved", "the message stayed behind in the old group");
        }
        if (moved != null) {
            request = request.to(moved);
            answer = call(request);
        }
        var instead = instead(request, answer);
        return result(instead == null ? answer : call(instead), message, moved);
    }

    /// What Telegram would take in place of what it refused; null: nothing.
    private static @Nullable Request instead(Request request, BotAnswer answer) {
        if (request.method().equals("sendPhoto") && Refusals.noPicture(answer)) {
            return Uploads.file(request);
        }
        return request.method().equals("editMessageText") && Refusals.noText(answer)
                ? Edits.caption(request)
                : null;
    }

    private BotAnswer call(Request request) throws IOException, InterruptedException {
        var file = request.file();
        if (file == null) {
            return api.call(request.method(), request.parameters());
        }
        if (!uploads.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new NoPlace();
        }
        try {
            return api.upload(request.method(), form(request, file));
        } finally {
            uploads.release();
        }
    }

    private FormData form(Request request, Content.Media file) throws IOException {
        MediaId id = Objects.requireNonNull(file.id());
        try (var bytes = media.open(id)) {
            return FormData.of(request.parameters())
                    .file(
                            request.field(),
                            Uploads.name(file),
                            Uploads.type(file),
                            bytes,
                            Uploads.LARGEST_FILE);
        }
    }

    private static SendResult result(
            BotAnswer answer, OutboundMessage message, @Nullable Long moved) {
        if (isAboutEarlier(message)) {
            return answer.ok() || Refusals.alreadyDone(answer)
                    ? SendResult.accepted().reached(Receipt.Status.SENT)
                    : Refusals.of(answer);
        }
        if (!answer.ok()) {
            return Refusals.of(answer);
        }
        var id = id(answer.result(), message);
        if (id == null) {
            return SendResult.unknown("answer", "Telegram answered success without a message");
        }
        var accepted = SendResult.accepted(id.external()).reached(Receipt.Status.SENT);
        return moved == null ? accepted : accepted.at(moved.toString());
    }

    private static @Nullable MessageId id(JsonNode sent, OutboundMessage message) {
        var chat = StrictJson.number(sent.path("chat"), "id");
        var number = StrictJson.number(sent, "message_id");
        return chat == null || number == null
                ? null
                : new MessageId(Lines.business(message.conversation().line()), chat, number);
    }

    /// Whether it changes a message that is there: doing that again changes nothing.
    private static boolean isAboutEarlier(OutboundMessage message) {
        return message.content() instanceof Content.Edited
                || message.content() instanceof Content.Deleted
                || message.content() instanceof Content.Reaction;
    }

    /// There is nothing to ask: a bot cannot read what it sent. What may be done again is.
    SendResult lookUp(OutboundMessage message) {
        return isAboutEarlier(message)
                ? SendResult.retry("repeatable", "doing it again changes nothing")
                : SendResult.unknown("no-look-up", "Telegram does not tell bots what they sent");
    }
}
