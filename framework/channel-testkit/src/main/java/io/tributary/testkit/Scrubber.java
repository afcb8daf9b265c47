package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.spi.Fields;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Replaces every value in what a provider says, but those of fields that are known to be harmless.
final class Scrubber {

    private static final Pattern ENDING = Pattern.compile("\\.[a-z]{1,5}");

    private final Set<String> harmless;
    private final Replacements replacements;

    /// @param harmless names of fields whose values may stay
    Scrubber(Set<String> harmless, Replacements replacements) {
        this.harmless = harmless;
        this.replacements = replacements;
    }

    boolean keeps(String name) {
        return harmless.stream().anyMatch(name::equalsIgnoreCase);
    }

    /// @param type its media type, as far as it is known
    Bytes body(@Nullable String type, Bytes body) {
        if (body.isEmpty()) {
            return body;
        }
        var text = body.utf8();
        if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
            return form(Fields.decode(body)).encode();
        }
        var json = json(text);
        return Bytes.utf8(json == null ? replacements.of(text) : json);
    }

    Fields form(Fields fields) {
        var scrubbed = Fields.NONE;
        for (var field : fields.all()) {
            scrubbed = scrubbed.with(field.name(), value(field.name(), field.value()));
        }
        return scrubbed;
    }

    /// One value by itself.
    String value(String name, String value) {
        if (value.isEmpty() || (keeps(name) && !replacements.knows(value))) {
            return value;
        }
        if (replacements.knows(value)) {
            return replacements.of(value);
        }
        var json = json(value);
        if (json != null) {
            return json;
        }
        if (value.startsWith("/")) {
            return relative(value);
        }
        return isWebAddress(value) ? address(value) : replacements.of(value);
    }

    private String relative(String value) {
        int mark = value.indexOf('?');
        return mark < 0
                ? path(value)
                : path(value.substring(0, mark)) + "?" + query(value.substring(mark + 1));
    }

    /// A path: its words stay, what has digits in it does not.
    String path(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.split("/", -1)) {
            var plain = URLDecoder.decode(segment, StandardCharsets.UTF_8);
            segments.add(URLEncoder.encode(segment(plain), StandardCharsets.UTF_8));
        }
        return String.join("/", segments);
    }

    /// A query, without its question mark.
    String query(String query) {
        return form(Fields.decode(query)).encode().utf8();
    }

    /// An id may have an ending, such as `.json`.
    private String segment(String segment) {
        int dot = segment.lastIndexOf('.');
        if (dot > 0 && ENDING.matcher(segment.substring(dot)).matches()) {
            return segment(segment.substring(0, dot)) + segment.substring(dot);
        }
        boolean word = segment.chars().noneMatch(Character::isDigit);
        return (word || keeps(segment)) && !replacements.knows(segment)
                ? segment
                : replacements.of(segment);
    }

    private String address(String value) {
        try {
            var uri = new URI(value);
            var query = uri.getRawQuery();
            return uri.getScheme()
                    + "://"
                    + replacements.ofHost(uri.getHost())
                    + path(uri.getRawPath())
                    + (query == null ? "" : "?" + query(query));
        } catch (URISyntaxException | IllegalArgumentException broken) {
            return replacements.of(value);
        }
    }

    private static boolean isWebAddress(String value) {
        try {
            var uri = new URI(value);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (URISyntaxException none) {
            return false;
        }
    }

    /// The text as JSON; null: it is no object and no list.
    private @Nullable String json(String text) {
        var begin = text.stripLeading();
        if (!begin.startsWith("{") && !begin.startsWith("[")) {
            return null;
        }
        try {
            return JsonText.of(element("", PlainJson.read(text)));
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private @Nullable Object element(String name, @Nullable Object element) {
        return switch (element) {
            case null -> null;
            case Map<?, ?> fields -> {
                var scrubbed = new LinkedHashMap<String, @Nullable Object>();
                fields.forEach((key, value) ->
                        scrubbed.put(key.toString(), element(key.toString(), value)));
                yield scrubbed;
            }
            case List<?> list -> {
                var scrubbed = new ArrayList<@Nullable Object>();
                list.forEach(each -> scrubbed.add(element(name, each)));
                yield scrubbed;
            }
            case String text -> value(name, text);
            case BigDecimal number ->
                    keeps(name) ? number : new BigDecimal(replacements.of(number.toPlainString()));
            default -> element;
        };
    }
}
