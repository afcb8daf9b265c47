package io.tributary.social.telegram;

import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.util.List;
import java.util.Locale;

/// What it means that Telegram did not do what it was asked.
///
/// There is no list of errors: the code is documented to change, and the text is for people. So
/// what is known by its text is looked for, and the code decides the rest.
final class Refusals {

    /// Nobody is at the address any more, or never was.
    private static final List<String> GONE =
            List.of(
                    "bot was blocked by the user",
                    "user is deactivated",
                    "input_user_deactivated",
                    "bot was kicked",
                    "bot is not a member",
                    "bot can't initiate conversation",
                    "bots can't send messages to bots",
                    "bot can't send messages to bots",
                    "chat was deleted",
                    "group chat was deactivated",
                    "group is deactivated",
                    "chat not found",
                    "user not found",
                    "peer_id_invalid",
                    "chat_id_invalid");

    /// Seen for minutes about chats that were well before and after.
    private static final String FOR_NOW = "bot can't send messages to the user";

    /// It is as it should be already.
    private static final List<String> DONE =
            List.of(
                    "message is not modified",
                    "message to delete not found",
                    "message to be deleted not found",
                    "message identifiers are not specified");

    private Refusals() {}

    /// The meaning of an answer that is no success.
    ///
    /// An answer in Telegram's own form with a 4xx says that it was not done. A 5xx says nothing:
    /// messages came although Telegram had answered so, and there is no key by which it would know
    /// one that comes again.
    static SendResult of(BotAnswer answer) {
        int code = answer.code();
        if (!answer.theirs()) {
            return inBetween(answer);
        }
        return switch (code) {
            case 401, 404 ->
                    SendResult.accountStopped(
                            name(code), "Telegram refuses the bot's token: " + said(answer));
            case 429 ->
                    // which limit was hit is not said; the account's own is kept to by its rate
                    SendResult.retry(
                            answer.retryAfter(),
                            Scope.ADDRESS,
                            name(code),
                            "too many messages at once");
            case 400, 403 -> refused(answer);
            default ->
                    code >= 400 && code < 500
                            ? SendResult.rejected(name(code), said(answer))
                            : SendResult.unknown(
                                    name(code), "Telegram failed and does not say what it did");
        };
    }

    /// What something before Telegram means, such as a gateway. It says of itself by 503 alone that
    /// it asked nobody; a place that it does not know is not Telegram's.
    private static SendResult inBetween(BotAnswer answer) {
        int code = answer.code();
        if (code == 404 || code == 410) {
            return SendResult.accountStopped(
                    "http-" + code, "what answers at apiBase is not Telegram");
        }
        return code >= 500 && code != 503
                ? SendResult.unknown("http-" + code, "a gateway before Telegram answered " + code)
                : SendResult.of(answer.http());
    }

    private static SendResult refused(BotAnswer answer) {
        var text = lower(answer);
        var name = name(answer.code());
        if (GONE.stream().anyMatch(text::contains)) {
            return SendResult.recipientGone(name, said(answer));
        }
        return text.contains(FOR_NOW)
                ? SendResult.retry(name, said(answer))
                : SendResult.rejected(name, said(answer));
    }

    /// Whether it is refused only because it is so already: an edit to the same, a message that is
    /// deleted.
    static boolean alreadyDone(BotAnswer answer) {
        var text = lower(answer);
        return answer.theirs() && answer.code() == 400 && DONE.stream().anyMatch(text::contains);
    }

    /// Whether a picture is refused that would pass as a file.
    static boolean noPicture(BotAnswer answer) {
        var text = lower(answer);
        return answer.theirs()
                && answer.code() == 400
                && (text.contains("photo_invalid_dimensions")
                        || text.contains("image_process_failed")
                        || text.contains("photo_ext_invalid"));
    }

    /// Whether a text is refused because the message that it is for has a file, and the words below
    /// that are called otherwise.
    static boolean noText(BotAnswer answer) {
        return answer.theirs()
                && answer.code() == 400
                && lower(answer).contains("there is no text in the message to edit");
    }

    private static String lower(BotAnswer answer) {
        return answer.description().toLowerCase(Locale.ROOT).replace('’', '\'');
    }

    private static String name(int code) {
        return "telegram-" + code;
    }

    private static String said(BotAnswer answer) {
        return answer.description().isEmpty() ? "no reason given" : answer.description();
    }
}
