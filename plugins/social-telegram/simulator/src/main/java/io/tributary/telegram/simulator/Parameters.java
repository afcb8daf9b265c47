package io.tributary.telegram.simulator;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The parameters of a call in each form that Telegram takes
/// (https://core.telegram.org/bots/api#making-requests).
///
/// @param files by the name of the part
record Parameters(ObjectNode values, Map<String, Upload> files) {

    private static final JsonMapper JSON = new JsonMapper();

    /// One file that came along.
    static final class Upload {

        private final String name;
        private final byte[] bytes;

        Upload(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        String name() {
            return name;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    static Parameters read(@Nullable String type, byte[] body) throws Refused {
        var form = type == null ? "" : type;
        try {
            if (form.startsWith("multipart/form-data")) {
                return multipart(form, body);
            }
            if (form.startsWith("application/json")) {
                return new Parameters((ObjectNode) JSON.readTree(body), Map.of());
            }
            return new Parameters(query(new String(body, StandardCharsets.UTF_8)), Map.of());
        } catch (JacksonException | ClassCastException broken) {
            throw Refused.bad("can't parse JSON object");
        }
    }

    static ObjectNode query(String text) {
        var values = JSON.createObjectNode();
        for (var pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.set(
                        decoded(pair.substring(0, equals)),
                        value(decoded(pair.substring(equals + 1))));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// In forms everything is text: what is JSON is read.
    private static JsonNode value(String text) {
        try {
            var first = text.isEmpty() ? ' ' : text.charAt(0);
            return first == '{' || first == '[' || text.matches("-?[0-9]{1,18}|true|false")
                    ? JSON.readTree(text)
                    : JSON.getNodeFactory().stringNode(text);
        } catch (JacksonException plain) {
            return JSON.getNodeFactory().stringNode(text);
        }
    }

    private static Parameters multipart(String type, byte[] body) throws Refused {
        var boundary = "--" + type.substring(type.indexOf("boundary=") + "boundary=".length());
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var values = JSON.createObjectNode();
        var files = new HashMap<String, Upload>();
        int at = text.indexOf(boundary);
        while (at >= 0) {
            int begin = at + boundary.length() + 2;
            int next = text.indexOf("\r\n" + boundary, begin);
            int blank = text.indexOf("\r\n\r\n", begin);
            if (next < 0 || blank < 0 || blank > next) {
                break;
            }
            part(text.substring(begin, blank), text.substring(blank + 4, next), values, files);
            at = next + 2;
        }
        if (values.isEmpty() && files.isEmpty()) {
            throw Refused.bad("no parameters in the form");
        }
        return new Parameters(values, files);
    }

    private static void part(
            String head, String content, ObjectNode values, Map<String, Upload> files) {
        var name = quoted(head, "name=\"");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(content.getBytes(StandardCharsets.ISO_8859_1));
        if (head.contains("filename=\"")) {
            var fileName = quoted(head, "filename=\"").getBytes(StandardCharsets.ISO_8859_1);
            files.put(
                    name,
                    new Upload(new String(fileName, StandardCharsets.UTF_8), bytes.toByteArray()));
        } else {
            values.set(name, value(bytes.toString(StandardCharsets.UTF_8)));
        }
    }

    private static String quoted(String head, String before) {
        int from = head.indexOf(before) + before.length();
        return head.substring(from, head.indexOf('"', from));
    }

    String text(String name) {
        var value = values.path(name);
        return value.isString()
                ? value.stringValue()
                : value.isMissingNode() ? "" : value.toString();
    }

    long number(String name, long otherwise) {
        return values.path(name).longValue(otherwise);
    }
}
