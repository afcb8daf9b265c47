package io.tributary.host.traces;

import io.tributary.host.calls.Errand;
import io.tributary.host.egress.Ending;
import io.tributary.host.egress.Seen;
import io.tributary.host.journal.Traces;
import io.tributary.model.Bytes;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes of a request that was seen what may be kept of it. What is kept names things, and holds no
/// value: no content of a message, nobody's address, no secret.
final class Redaction {

    private static final int MOST_HEADERS = 40;
    private static final int WORST_STATUS = 400;
    private static final String BASIC = "Basic ";

    private final Seen seen;
    private final @Nullable Errand errand;
    private final UnaryOperator<String> redact;
    private final Names names;
    private final Said all = new Said();

    /// @param redact blanks known secrets out
    Redaction(Seen seen, @Nullable Errand errand, UnaryOperator<String> redact) {
        this.seen = seen;
        this.errand = errand;
        this.redact = redact;
        var personal = new Said();
        if (errand != null) {
            errand.personal().forEach(personal::add);
            errand.personal().forEach(all::add);
        }
        this.names = new Names(personal, redact);
    }

    Traces.Trace trace(Instant at) {
        Seen.Reply reply = seen.reply();
        PluginVersion plugin = seen.plugin();
        return new Traces.Trace(
                0,
                at,
                seen.account(),
                plugin == null ? null : plugin.toString(),
                errand == null
                        ? null
                        : new Traces.Purpose(
                                errand.interaction(),
                                errand.kind().title(),
                                errand.send(),
                                errand.attempt()),
                new Traces.Request(
                        names.field(seen.method()),
                        redact.apply(Objects.requireNonNullElse(seen.uri().getHost(), "")),
                        place(seen.uri())),
                new Traces.End(
                        reply == null ? 0 : reply.status(),
                        seen.ending().name().toLowerCase(Locale.ROOT),
                        seen.nanos() / 1_000),
                detail(reply).toString());
    }

    /// Of a query its names. Of what the host downloads itself nothing: whoever gave the address of
    /// a file gave the file its name.
    private String place(URI uri) {
        if (seen.plugin() == null) {
            return "/" + Names.MASK;
        }
        String raw = Objects.requireNonNullElse(uri.getRawPath(), "");
        String path = knowsWhom() ? names.path(raw) : names.pathOfAnybody(raw);
        String query = uri.getRawQuery();
        if (query == null) {
            return path;
        }
        var shown = new StringBuilder(path);
        char before = '?';
        for (String each : query.split("&", MOST_HEADERS)) {
            int equals = each.indexOf('=');
            shown.append(before)
                    .append(
                            equals < 0
                                    ? Names.MASK
                                    : names.field(each.substring(0, equals)) + "=" + Names.MASK);
            before = '&';
        }
        return shown.toString();
    }

    /// Whether it is known whom a request may be about, so that their name is not shown.
    private boolean knowsWhom() {
        return errand != null && !errand.personal().isEmpty();
    }

    private ObjectNode detail(Seen.@Nullable Reply reply) {
        ObjectNode detail = Shape.JSON.createObjectNode();
        String type = type(seen.headers());
        put(
                detail.putObject("request"),
                new Message(type, seen.headers(), seen.bytes()),
                Shape.of(type, seen.body(), names, null));
        if (reply != null) {
            String answered = type(reply.headers());
            put(
                    detail.putObject("response"),
                    new Message(answered, reply.headers(), reply.bytes()),
                    Shape.of(answered, reply.body(), names, error(reply, type)));
        }
        if (seen.ending() != Ending.ANSWERED) {
            detail.put("reason", redact.apply(seen.reason()));
        }
        return detail;
    }

    private record Message(String type, Map<String, List<String>> headers, long bytes) {}

    private void put(ObjectNode view, Message message, @Nullable JsonNode shape) {
        String type = names.mediaType(message.type());
        if (!type.isEmpty()) {
            view.put("type", type);
        }
        view.put("bytes", message.bytes());
        var headers = view.putArray("headers");
        message.headers().keySet().stream()
                .map(name -> names.header(name.toLowerCase(Locale.ROOT)))
                .distinct()
                .sorted()
                .limit(MOST_HEADERS)
                .forEach(headers::add);
        if (shape != null) {
            view.set("body", shape);
        }
    }

    /// Without its parameters.
    private static String type(Map<String, List<String>> headers) {
        for (var header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase("content-type") && !header.getValue().isEmpty()) {
                String value = header.getValue().getFirst();
                int semicolon = value.indexOf(';');
                return (semicolon < 0 ? value : value.substring(0, semicolon))
                        .strip()
                        .toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    /// All that was said, where the answer tells of an error; null: it does not.
    private @Nullable Said error(Seen.Reply reply, String type) {
        if (reply.status() < WORST_STATUS) {
            return null;
        }
        all.add(Objects.requireNonNullElse(seen.uri().getPath(), ""));
        all.add(Objects.requireNonNullElse(seen.uri().getQuery(), ""));
        seen.headers().values().forEach(values -> values.forEach(this::addHeader));
        Bytes body = seen.body();
        if (seen.bytes() > Shape.MOST_BYTES) {
            all.more();
        } else {
            addBody(type, body);
        }
        return all;
    }

    private void addHeader(String value) {
        all.add(value);
        if (value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            try {
                byte[] decoded = Base64.getDecoder().decode(value.substring(BASIC.length()));
                all.add(new String(decoded, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException unreadable) {
                all.more();
            }
        }
    }

    /// As it goes over the wire, and as it is meant.
    private void addBody(String type, Bytes body) {
        all.add(body.utf8());
        try {
            if (Shape.isJson(type)) {
                add(Shape.JSON.readTree(body.asStream()));
            } else if (Shape.isForm(type)) {
                Fields.decode(body).all().forEach(field -> all.add(field.value()));
            }
        } catch (JacksonException | Malformed unreadable) {
            all.more();
        }
    }

    private void add(JsonNode node) {
        if (node.isValueNode()) {
            all.add(node.asString(""));
        }
        node.forEach(this::add);
    }
}
