package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Reads JSON strictly: bounded in depth and length, no name twice, nothing behind the end.
final class JsonSource {

    /// Meta sends at most 3 MB; a carousel in an echo is a dozen levels deep.
    private static final int DEEPEST = 64;

    private static final int LONGEST_STRING = 2 * 1024 * 1024;
    private static final int LONGEST_NUMBER = 64;

    private static final JsonFactory PLAIN = factory(false);
    private static final JsonFactory STRICT = factory(true);

    private JsonSource() {}

    private static JsonFactory factory(boolean noNameTwice) {
        var limits =
                StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_STRING)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build();
        return JsonFactory.builder()
                .streamReadConstraints(limits)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, noNameTwice)
                // a pool of its own: it goes with the version of the plugin
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .build();
    }

    /// A parser over the whole array, for who needs places in it.
    static JsonParser over(byte[] json) {
        return PLAIN.createParser(ObjectReadContext.empty(), json, 0, json.length);
    }

    /// Reads one value.
    ///
    /// @throws Malformed it is no JSON, or beyond the limits
    static Node read(Bytes json) {
        var bytes = json.toArray();
        try (var parser = STRICT.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new Malformed("JSON with something behind its end");
            }
            return value;
        } catch (JacksonException broken) {
            throw malformed();
        }
    }

    /// What a parser says quotes what it reads: a customer's words.
    static Malformed malformed() {
        return new Malformed("no JSON, or more of it than Meta sends");
    }

    private static Node value(JsonParser parser) {
        var token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> new Node(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new Node(new Node.Digits(parser.getString()));
            case VALUE_TRUE -> new Node(true);
            case VALUE_FALSE -> new Node(false);
            case VALUE_NULL -> Node.NOTHING;
            case null, default -> throw malformed();
        };
    }

    private static Node object(JsonParser parser) {
        Map<String, Node> members = new LinkedHashMap<>();
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Node(members);
    }

    private static Node list(JsonParser parser) {
        List<Node> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new Node(elements);
    }
}
