package io.tributary.host.api;

import io.tributary.host.journal.DeadLetters.DeadLetter;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// A dead letter in JSON, without its payload.
final class DeadLetterView {

    private DeadLetterView() {}

    static ObjectNode of(DeadLetter letter) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("id", Long.toString(letter.id()));
        view.put("direction", letter.direction().name().toLowerCase(Locale.ROOT));
        view.put("account", letter.account().value());
        view.put("plugin", letter.plugin());
        view.put("kind", letter.kind());
        view.putObject("reason")
                .put("code", letter.reason().code())
                .put("text", letter.reason().text());
        if (letter.interaction() != null) {
            view.put("interaction", letter.interaction().toString());
        }
        view.put("at", letter.at().toString());
        if (letter.closedAt() != null) {
            view.put("closedAt", letter.closedAt().toString());
        }
        view.put("state", state(letter));
        view.put("replayed", letter.replayed());
        return view;
    }

    private static String state(DeadLetter letter) {
        if (letter.closedAt() == null) {
            return "open";
        }
        return letter.replayed() ? "replayed" : "dropped";
    }
}
