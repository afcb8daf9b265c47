package io.tributary.social.telegram;

/// Telegram cannot carry this. The text says why, and nothing that anybody said.
final class Unsendable extends Exception {

    private static final long serialVersionUID = 1;

    Unsendable(String why) {
        super(why, null, false, false);
    }

    String why() {
        var message = getMessage();
        return message == null ? "" : message;
    }
}
