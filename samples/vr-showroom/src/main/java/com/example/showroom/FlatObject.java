package com.example.showroom;

import io.tributary.model.Json;
import io.tributary.spi.Malformed;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// A JSON object of texts and numbers, which is all that headsets say. Whatever else JSON can be is
/// refused, and so is what is too long or stands there twice.
final class FlatObject {

    private static final int LONGEST = 16 * 1024;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    /// Jackson's usual pool keeps buffers for longer than a version of this plugin lasts.
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(2)
                                    .maxNumberLength(32)
                                    .build())
                    .build();

    private final Map<String, String> values;

    private FlatObject(Map<String, String> values) {
        this.values = values;
    }

    /// Reads one.
    ///
    /// @throws Malformed it is none; never quotes it
    static FlatObject read(String text) {
        if (text.length() > LONGEST) {
            throw new Malformed("a message has more than " + LONGEST + " characters");
        }
        try (var parser = JSON.createParser(text)) {
            return new FlatObject(values(parser));
        } catch (JacksonException broken) {
            throw new Malformed("a message is no JSON");
        }
    }

    private static Map<String, String> values(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new Malformed("a message is no JSON object");
        }
        var values = new HashMap<String, String>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            switch (parser.nextToken()) {
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                        values.put(name, parser.getString());
                default -> throw new Malformed("a message holds texts and numbers only");
            }
        }
        if (parser.nextToken() != null) {
            throw new Malformed("something follows a message");
        }
        return values;
    }

    /// Writes one.
    ///
    /// @param namesAndValues in turns
    static Json written(String... namesAndValues) {
        var object = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.append(i == 0 ? "" : ",")
                    .append(Json.string(namesAndValues[i]).text())
                    .append(':')
                    .append(Json.string(namesAndValues[i + 1]).text());
        }
        return Json.of(object.append('}').toString());
    }

    /// A text that has to be there.
    String need(String name, int longest) {
        var value = text(name, longest);
        if (value.isBlank()) {
            throw new Malformed("a message lacks " + name);
        }
        return value;
    }

    /// A text; empty where there is none.
    String text(String name, int longest) {
        var value = values.getOrDefault(name, "");
        if (value.length() > longest) {
            throw new Malformed(name + " has more than " + longest + " characters");
        }
        return value;
    }

    /// A text of this shape that has to be there.
    String need(String name, Pattern shape) {
        var value = need(name, LONGEST);
        if (!shape.matcher(value).matches()) {
            throw new Malformed(name + " has not its shape");
        }
        return value;
    }

    /// A number that has to be there; none is negative.
    double number(String name) {
        return Double.parseDouble(need(name, NUMBER));
    }
}
