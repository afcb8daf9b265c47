package io.tributary.webchat;

import io.tributary.spi.Malformed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what the widget says: JSON objects whose member `t` tells what they are.
final class Frames {

    static final int LONGEST_TEXT = 8_000;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 2_000;
    private static final int LONGEST_PAGE = 500;
    private static final int LONGEST_WORD = 100;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7E]{1,100}");

    private Frames() {}

    /// @throws Malformed it is none
    static Said read(String text) {
        var frame = StrictJson.object(text);
        return switch (frame.text("t", LONGEST_WORD)) {
            case "say" -> say(frame);
            case "choose" -> choose(frame);
            case "fill" -> fill(frame);
            case "file" -> file(frame);
            case "transcript" -> transcript(frame);
            case "end" -> new Said.Ended(id(frame), at(frame), page(frame));
            case "read" -> new Said.Read(instant(frame.text("until", LONGEST_WORD)));
            case "wish" -> wish(frame);
            case "look" -> new Said.Look(word(frame, "media"), word(frame, "grant"));
            case "typing" -> new Said.Typing(frame.flag("on"));
            case "got" -> new Said.Got(word(frame, "key"));
            case "ping" -> new Said.Ping();
            default -> new Said.Strange();
        };
    }

    private static Said say(Members frame) {
        return new Said.Text(
                id(frame),
                at(frame),
                page(frame),
                frame.filled("text", LONGEST_TEXT),
                frame.optional("invitation", LONGEST_NAME));
    }

    private static Said choose(Members frame) {
        return new Said.Chosen(
                id(frame),
                at(frame),
                page(frame),
                frame.filled("choice", LONGEST_NAME),
                frame.text("label", LONGEST_VALUE),
                interaction(frame));
    }

    private static Said fill(Members frame) {
        return new Said.Filled(
                id(frame),
                at(frame),
                page(frame),
                frame.filled("form", LONGEST_NAME),
                frame.values("values", LONGEST_VALUE),
                interaction(frame));
    }

    private static Said file(Members frame) {
        return new Said.File(
                id(frame),
                at(frame),
                page(frame),
                word(frame, "media"),
                word(frame, "grant"),
                frame.text("name", LONGEST_NAME),
                word(frame, "type"),
                frame.number("bytes"));
    }

    private static Said transcript(Members frame) {
        var email = frame.filled("email", LONGEST_NAME);
        if (!SiteTokens.isEmail(email)) {
            throw new Malformed("member email is no address");
        }
        return new Said.Transcript(id(frame), at(frame), page(frame), email);
    }

    private static Said wish(Members frame) {
        return new Said.Wish(
                id(frame),
                frame.text("name", LONGEST_NAME),
                word(frame, "type"),
                frame.number("bytes"));
    }

    private static String id(Members frame) {
        var id = frame.text("id", LONGEST_WORD);
        if (!ID.matcher(id).matches()) {
            throw new Malformed("member id is none");
        }
        return id;
    }

    /// Visible ASCII: ids, seals, types of media.
    private static String word(Members frame, String name) {
        var word = frame.text(name, LONGEST_WORD);
        if (!WORD.matcher(word).matches()) {
            throw new Malformed("member " + name + " is no word");
        }
        return word;
    }

    private static @Nullable String interaction(Members frame) {
        return frame.json().has("of") ? word(frame, "of") : null;
    }

    /// In milliseconds since 1970; 0 where the widget does not tell.
    private static @Nullable Instant at(Members frame) {
        long millis = frame.number("at");
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable String page(Members frame) {
        return frame.optional("page", LONGEST_PAGE);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException none) {
            throw new Malformed("member until is no time");
        }
    }
}
