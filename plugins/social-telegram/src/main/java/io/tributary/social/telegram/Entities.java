package io.tributary.social.telegram;

import io.tributary.model.Content;
import io.tributary.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How texts are formatted (https://core.telegram.org/bots/api#messageentity): Telegram counts in
/// UTF-16 units, as spans do.
final class Entities {

    private static final Map<Span.Kind, String> PLAIN =
            Map.of(
                    Span.Kind.BOLD, "bold",
                    Span.Kind.ITALIC, "italic",
                    Span.Kind.UNDERLINE, "underline",
                    Span.Kind.STRIKE, "strikethrough",
                    Span.Kind.SPOILER, "spoiler",
                    Span.Kind.QUOTE, "blockquote");

    private Entities() {}

    /// A text with what Telegram says of its stretches; what is not known or leaves the text is
    /// passed over.
    static Content.Text read(String text, List<JsonNode> entities) {
        var spans = new ArrayList<Span>(entities.size());
        for (var entity : entities) {
            var span = span(entity, text);
            if (span != null) {
                spans.add(span);
            }
        }
        return new Content.Text(text, spans);
    }

    private static @Nullable Span span(JsonNode entity, String text) {
        var offset = StrictJson.number(entity, "offset");
        var length = StrictJson.number(entity, "length");
        var named = StrictJson.text(entity, "type");
        var type = named == null ? "" : named;
        var kind = kind(type);
        if (kind == null
                || offset == null
                || length == null
                || offset < 0
                || length < 1
                || offset > text.length()
                || length > text.length() - offset) {
            return null;
        }
        int start = offset.intValue();
        int end = start + length.intValue();
        return new Span(start, end - start, kind, value(entity, type, text.substring(start, end)));
    }

    private static Span.@Nullable Kind kind(String type) {
        return switch (type) {
            case "bold" -> Span.Kind.BOLD;
            case "italic" -> Span.Kind.ITALIC;
            case "underline" -> Span.Kind.UNDERLINE;
            case "strikethrough" -> Span.Kind.STRIKE;
            case "spoiler" -> Span.Kind.SPOILER;
            case "code", "pre" -> Span.Kind.CODE;
            case "blockquote", "expandable_blockquote" -> Span.Kind.QUOTE;
            case "url", "text_link", "email", "phone_number" -> Span.Kind.LINK;
            case "mention", "text_mention" -> Span.Kind.MENTION;
            default -> null;
        };
    }

    private static @Nullable String value(JsonNode entity, String type, String said) {
        return switch (type) {
            case "text_link" -> StrictJson.text(entity, "url");
            case "url", "mention" -> said;
            case "email" -> "mailto:" + said;
            case "phone_number" -> "tel:" + said;
            case "pre" -> StrictJson.text(entity, "language");
            case "text_mention" -> {
                var id = StrictJson.number(entity.path("user"), "id");
                yield id == null ? null : id.toString();
            }
            default -> null;
        };
    }

    /// Adds a text's spans under a name, where there are any. Stretches that Telegram finds by
    /// itself (addresses, names with an @) are left to it.
    static void write(Content.Text text, ObjectNode request, String name) {
        var entities = request.arrayNode();
        for (var span : text.spans()) {
            add(span, text.text(), entities);
        }
        if (!entities.isEmpty()) {
            request.set(name, entities);
        }
    }

    private static void add(Span span, String text, ArrayNode entities) {
        var entity = entities.objectNode();
        entity.put("offset", span.start()).put("length", span.length());
        var plain = PLAIN.get(span.kind());
        if (plain != null) {
            entities.add(entity.put("type", plain));
        } else if (span.kind() == Span.Kind.CODE) {
            code(span, text, entity);
            entities.add(entity);
        } else if (leads(span, entity)) {
            entities.add(entity);
        }
    }

    /// Whether a link or a mention leads to what Telegram knows.
    private static boolean leads(Span span, ObjectNode entity) {
        var value = span.value();
        if (value == null) {
            return false;
        }
        if (span.kind() == Span.Kind.LINK && leadsSomewhere(value)) {
            entity.put("type", "text_link").put("url", value);
            return true;
        }
        if (span.kind() == Span.Kind.MENTION && value.matches("[0-9]{1,18}")) {
            entity.put("type", "text_mention");
            entity.putObject("user").put("id", Long.parseLong(value));
            return true;
        }
        return false;
    }

    /// Several lines, or a language, make a block.
    private static void code(Span span, String text, ObjectNode entity) {
        var value = span.value();
        int end = Math.min(span.start() + span.length(), text.length());
        boolean block =
                value != null || text.substring(Math.min(span.start(), end), end).contains("\n");
        entity.put("type", block ? "pre" : "code");
        if (value != null && !value.isEmpty()) {
            entity.put("language", value);
        }
    }

    private static boolean leadsSomewhere(String url) {
        return url.startsWith("https://")
                || url.startsWith("http://")
                || url.startsWith("tg://")
                || url.startsWith("mailto:")
                || url.startsWith("tel:");
    }
}
