package io.tributary.voice.twilio;

/// An order cannot be carried out, and never will be.
final class Unfit extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;
    private final String text;

    Unfit(String code, String text) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    String text() {
        return text;
    }

    String code() {
        return code;
    }
}
