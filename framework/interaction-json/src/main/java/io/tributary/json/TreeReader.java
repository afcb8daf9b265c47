package io.tributary.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;

/// Makes trees of JSON text. Nothing of the text gets into an exception.
final class TreeReader {

    private final JsonParser parser;
    private final boolean strict;

    private TreeReader(JsonParser parser, boolean strict) {
        this.parser = parser;
        this.strict = strict;
    }

    /// What somebody else wrote: UTF-8, no member twice, only Unicode characters other than NUL.
    ///
    /// @throws InvalidJson it is not like that
    static Tree outside(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return whole(() -> Dialect.OUTSIDE.createParser(ObjectReadContext.empty(), text), true);
        } catch (CharacterCodingException _) {
            throw InvalidJson.of("", "the body must be UTF-8");
        }
    }

    /// A JSON value that somebody else wrote and that is kept as it is, except for what
    /// [Characters#clean(String)] replaces. Of members that come twice the last counts.
    ///
    /// @throws InvalidJson it is no JSON
    static Tree kept(String text) {
        return whole(() -> Dialect.OUTSIDE.createParser(ObjectReadContext.empty(), text), false);
    }

    /// What was written here.
    ///
    /// @throws InvalidJson it is damaged
    static Tree stored(byte[] body) {
        return whole(() -> Dialect.STORED.createParser(ObjectReadContext.empty(), body), false);
    }

    /// What was kept of something written here: it may be as deep as that.
    ///
    /// @throws InvalidJson it is no JSON
    static Tree stored(String text) {
        return whole(() -> Dialect.STORED.createParser(ObjectReadContext.empty(), text), false);
    }

    /// The value at which the parser stands; afterwards it stands at the value's last token.
    static Tree current(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return new TreeReader(parser, false).value(token == null ? parser.nextToken() : token);
    }

    private static Tree whole(Supplier<JsonParser> source, boolean strict) {
        try (JsonParser parser = source.get()) {
            var tree = new TreeReader(parser, strict).value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw InvalidJson.of("", "nothing may follow the JSON value");
            }
            return tree;
        } catch (StreamConstraintsException _) {
            throw InvalidJson.of(
                    "",
                    "too large: at most "
                            + Dialect.DEEPEST_FROM_OUTSIDE
                            + " levels deep, "
                            + "numbers of at most 1000 digits");
        } catch (JacksonException broken) {
            // Not as the cause: the parser's messages quote what they read.
            var place = broken.getLocation();
            throw InvalidJson.of(
                    "",
                    place == null
                            ? "not JSON"
                            : "not JSON: line "
                                    + place.getLineNr()
                                    + ", column "
                                    + place.getColumnNr());
        }
    }

    private Tree value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> members();
            case START_ARRAY -> elements();
            case VALUE_STRING -> new Tree.Text(characters(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Digits(parser.getString());
            case VALUE_TRUE -> new Tree.Flag(true);
            case VALUE_FALSE -> new Tree.Flag(false);
            case VALUE_NULL -> Tree.NULL;
            case null, default -> throw InvalidJson.of("", "a JSON value is missing");
        };
    }

    private Tree members() {
        var values = new LinkedHashMap<String, Tree>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            characters(name);
            if (values.put(name, value(parser.nextToken())) != null && strict) {
                throw InvalidJson.of(here(), "must not come twice");
            }
        }
        return new Tree.Members(values);
    }

    private Tree elements() {
        var values = new ArrayList<Tree>();
        for (JsonToken next = parser.nextToken();
                next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            values.add(value(next));
        }
        return new Tree.Elements(values);
    }

    private String characters(String text) {
        if (strict && !Characters.areClean(text)) {
            throw InvalidJson.of(here(), Characters.COMPLAINT);
        }
        return text;
    }

    private String here() {
        return parser.streamReadContext().pathAsPointer().toString();
    }
}
