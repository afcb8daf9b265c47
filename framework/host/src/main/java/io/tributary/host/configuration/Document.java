package io.tributary.host.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// A YAML file as a tree that remembers where each key stands.
final class Document {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final YAMLFactory YAML =
            YAMLFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(32)
                                    .maxStringLength(1_000_000)
                                    .maxDocumentLength(4_000_000)
                                    .build())
                    .build();

    private final String name;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private ObjectNode root = NODES.objectNode();

    private Document(String name) {
        this.name = name;
        places.put("", new Place(name, 1, 1));
    }

    static Document empty(String name) {
        return new Document(name);
    }

    static Document read(String name, String text) {
        var document = new Document(name);
        try (JsonParser parser =
                YAML.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            document.readAll(parser);
        } catch (JacksonException broken) {
            document.broken(broken);
        }
        return document;
    }

    /// @throws Misconfigured the file is not there, or no text
    static Document read(Path file) throws Misconfigured {
        String name = String.valueOf(file.getFileName());
        try {
            return read(name, Files.readString(file));
        } catch (CharacterCodingException wrong) {
            throw unreadable(name, "is not UTF-8 text");
        } catch (NoSuchFileException missing) {
            throw unreadable(name, "does not exist at " + file.toAbsolutePath());
        } catch (IOException failure) {
            throw unreadable(name, "cannot be read: " + failure);
        }
    }

    private static Misconfigured unreadable(String name, String why) {
        return new Misconfigured(List.of(new Mistake(new Place(name, 1, 1), "", why)));
    }

    private void readAll(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            mistakes.add(
                    new Mistake(place(parser), "", "should be keys and values, such as 'http:'"));
            return;
        }
        root = object(parser, "");
        if (parser.nextToken() != null) {
            mistakes.add(new Mistake(place(parser), "", "a second document begins; one is enough"));
        }
    }

    private ObjectNode object(JsonParser parser, String pointer) {
        ObjectNode node = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = pointer + "/" + key;
            Place place = place(parser);
            if (node.has(key)) {
                mistakes.add(
                        new Mistake(place, dotted(inner), "stands here a second time; keep one"));
            } else {
                places.put(inner, place);
            }
            parser.nextToken();
            node.set(key, value(parser, inner));
        }
        return node;
    }

    private ArrayNode array(JsonParser parser, String pointer) {
        ArrayNode node = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String inner = pointer + "/" + node.size();
            places.put(inner, place(parser));
            node.add(value(parser, inner));
        }
        return node;
    }

    private JsonNode value(JsonParser parser, String pointer) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, pointer);
            case START_ARRAY -> array(parser, pointer);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            default -> NODES.stringNode(parser.getString());
        };
    }

    private void broken(JacksonException broken) {
        TokenStreamLocation at = broken.getLocation();
        Place place = at == null ? new Place(name, 1, 1) : place(at);
        String said = broken.getOriginalMessage();
        String first = said == null ? "" : said.lines().findFirst().orElse("");
        mistakes.add(new Mistake(place, "", "is not YAML: " + first));
    }

    private Place place(JsonParser parser) {
        return place(parser.currentTokenLocation());
    }

    private Place place(TokenStreamLocation at) {
        return new Place(name, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    ObjectNode root() {
        return root;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    /// Puts a value from elsewhere in the place of the file's.
    void override(List<String> path, JsonNode value, Place from) {
        ObjectNode node = root;
        StringBuilder pointer = new StringBuilder();
        for (String key : path.subList(0, path.size() - 1)) {
            pointer.append('/').append(key);
            node = node.get(key) instanceof ObjectNode inner ? inner : node.putObject(key);
        }
        node.set(path.getLast(), value);
        places.put(pointer + "/" + path.getLast(), from);
    }

    /// Where the pointer's key stands, or the nearest of those around it.
    Place at(String pointer) {
        @Nullable Place place = places.get(pointer);
        String outer = pointer;
        while (place == null) {
            outer = outer.substring(0, Math.max(0, outer.lastIndexOf('/')));
            place = places.get(outer);
        }
        return place;
    }

    /// The places of all keys below a pointer, by their pointers from there.
    Map<String, Place> below(String pointer) {
        Map<String, Place> inner = new LinkedHashMap<>();
        places.forEach((each, place) -> {
            if (each.startsWith(pointer + "/")) {
                inner.put(each.substring(pointer.length()), place);
            }
        });
        return inner;
    }

    static String dotted(String pointer) {
        return pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
    }
}
