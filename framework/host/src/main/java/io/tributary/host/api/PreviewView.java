package io.tributary.host.api;

import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.outbound.Previewed;
import io.tributary.json.InteractionJson;
import io.tributary.model.Content;
import io.tributary.spi.Capabilities.Unit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What would become of a draft, in JSON.
final class PreviewView {

    private PreviewView() {}

    /// Where it is not sendable: the problem as the reply itself would be answered with. What is
    /// not there is not there for a preview either.
    static ObjectNode of(Problem problem) {
        if (problem.type() == ProblemType.NOT_FOUND) {
            throw problem;
        }
        ObjectNode view = RequestJson.JSON.createObjectNode().put("sendable", false);
        view.set("problem", RequestJson.JSON.valueToTree(problem.members()));
        return view;
    }

    static ObjectNode of(Previewed.Sendable sendable) {
        ObjectNode view = RequestJson.JSON.createObjectNode().put("sendable", true);
        ArrayNode sends = view.putArray("sends");
        for (Previewed.Send send : sendable.sends()) {
            ArrayNode parts = sends.addObject().putArray("parts");
            send.parts().forEach(carried -> add(parts.addObject(), carried));
        }
        if (sendable.degraded() != null) {
            view.set("degraded", RequestJson.JSON.readTree(sendable.degraded().text()));
        }
        return view;
    }

    private static void add(ObjectNode view, Previewed.Carried carried) {
        view.putObject("part")
                .put("number", carried.part().number())
                .setAll(content(carried.part().content()));
        Previewed.Measure text = carried.text();
        if (text == null) {
            return;
        }
        ObjectNode measure =
                view.putObject("measure")
                        .put("length", text.length())
                        .put("unit", word(text.unit()));
        if (text.limit() > 0) {
            measure.put("limit", text.limit());
        }
        if (!text.segments().isEmpty()) {
            ArrayNode segments = measure.putArray("segments");
            text.segments().forEach(segments::add);
        }
    }

    private static ObjectNode content(Content content) {
        return (ObjectNode) RequestJson.JSON.readTree(InteractionJson.encode(content));
    }

    static String word(Unit unit) {
        return switch (unit) {
            case UTF16 -> "utf16";
            case CODE_POINTS -> "codePoints";
            case UTF8_BYTES -> "utf8Bytes";
        };
    }
}
