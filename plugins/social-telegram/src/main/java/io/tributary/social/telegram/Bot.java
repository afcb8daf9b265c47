package io.tributary.social.telegram;

import io.tributary.spi.AccountContext;
import io.tributary.spi.Conversation;
import io.tributary.spi.FetchesMedia.Location;
import io.tributary.spi.Http;
import io.tributary.spi.SendsSignals;
import io.tributary.spi.Settings;
import io.tributary.spi.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One bot: what both ways of hearing of updates have in common.
final class Bot {

    private static final Pattern FILE_ID = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Pattern FILE_PATH =
            Pattern.compile("[^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]{0,511}");
    private static final Duration SOON = Duration.ofMinutes(1);

    private final BotApi api;
    private final Lines lines;
    private final Outgoing outgoing;
    private final Translation translation;

    Bot(AccountContext context) {
        Settings settings = context.settings();
        var token = settings.secret("token");
        api = new BotApi(context.http(), settings.uri("apiBase", TelegramChannel.TELEGRAM), token);
        lines = Lines.ofToken(token.reveal());
        outgoing = new Outgoing(api, context.media());
        translation = new Translation(lines);
    }

    BotApi api() {
        return api;
    }

    Lines lines() {
        return lines;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Translation translation() {
        return translation;
    }

    /// Shows that somebody writes (for five seconds, or until a message comes), and in chats of
    /// business accounts that they have read.
    void signal(Conversation conversation, SendsSignals.Kind kind, @Nullable String upTo)
            throws Http.Failure, InterruptedException {
        try {
            var request = Composer.addressed(conversation.line(), conversation.address());
            if (kind == SendsSignals.Kind.TYPING) {
                typing(conversation, request);
            } else if (kind == SendsSignals.Kind.READ) {
                read(upTo, request);
            }
        } catch (Unsendable nowhere) {
            // a signal to no chat is for nobody
        }
    }

    private void typing(Conversation conversation, ObjectNode request)
            throws Http.Failure, InterruptedException {
        var thread = conversation.thread();
        if (thread != null && thread.matches("[0-9]{1,18}")) {
            request.put("message_thread_id", Long.parseLong(thread));
        }
        api.call("sendChatAction", request.put("action", "typing"));
    }

    private void read(@Nullable String upTo, ObjectNode request)
            throws Http.Failure, InterruptedException {
        var last = upTo == null ? null : MessageId.parse(upTo);
        if (last != null && request.has("business_connection_id")) {
            api.call("readBusinessMessage", request.put("message_id", last.message()));
        }
    }

    /// Asks where a file lies (https://core.telegram.org/bots/api#getfile); the address holds for
    /// an hour at least.
    Location locate(String fetch) throws Trouble, IOException, InterruptedException {
        if (!FILE_ID.matcher(fetch).matches()) {
            throw Trouble.last("file-id", "this is no file of Telegram's");
        }
        var answer = api.call("getFile", StrictJson.object().put("file_id", fetch));
        if (!answer.ok()) {
            throw trouble(answer);
        }
        var path = StrictJson.text(answer.result(), "file_path");
        if (path == null || !FILE_PATH.matcher(path).matches() || leavesItsFolder(path)) {
            throw Trouble.last("file-path", "Telegram named no place below its own");
        }
        return Location.of(api.file(path));
    }

    private static boolean leavesItsFolder(String path) {
        return ('/' + path + '/').contains("/../") || ('/' + path + '/').contains("/./");
    }

    private static Trouble trouble(BotAnswer answer) throws IOException {
        if (!answer.theirs() || answer.code() >= 500) {
            throw new IOException("Telegram answered " + answer.http().status());
        }
        if (answer.description().contains("file is too big")) {
            return Trouble.last("too-large", "Telegram hands out files of at most 20 MB to bots");
        }
        boolean wrong = answer.code() == 400 && !answer.description().contains("temporarily");
        if (wrong) {
            return Trouble.last("telegram-400", answer.description());
        }
        var wait = answer.retryAfter();
        return Trouble.retry(
                wait.isZero() ? SOON : wait,
                "telegram-" + answer.code(),
                "Telegram does not hand the file out now");
    }
}
