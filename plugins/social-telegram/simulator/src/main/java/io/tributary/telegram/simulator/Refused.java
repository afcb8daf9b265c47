package io.tributary.telegram.simulator;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Telegram does not do what it is asked.
final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;
    private final transient ObjectNode parameters = JsonNodeFactory.instance.objectNode();

    Refused(int code, String description) {
        super(description, null, false, false);
        this.code = code;
    }

    /// A wrong request.
    static Refused bad(String what) {
        return new Refused(400, "Bad Request: " + what);
    }

    static Refused tooMany(int seconds) {
        var refused = new Refused(429, "Too Many Requests: retry after " + seconds);
        refused.parameters.put("retry_after", seconds);
        return refused;
    }

    static Refused migrated(long chat) {
        var refused = bad("group chat was upgraded to a supergroup chat");
        refused.parameters.put("migrate_to_chat_id", chat);
        return refused;
    }

    int code() {
        return code;
    }

    ObjectNode answer() {
        var answer = JsonNodeFactory.instance.objectNode();
        answer.put("ok", false).put("error_code", code).put("description", getMessage());
        return parameters.isEmpty() ? answer : answer.set("parameters", parameters);
    }
}
