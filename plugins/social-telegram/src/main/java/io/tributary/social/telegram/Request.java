package io.tributary.social.telegram;

import io.tributary.model.Content.Media;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One call of the Bot API that a message becomes.
///
/// @param file what is sent along; null: nothing
/// @param field the parameter that the file is
record Request(String method, ObjectNode parameters, @Nullable Media file, String field) {

    static Request of(String method, ObjectNode parameters) {
        return new Request(method, parameters, null, "");
    }

    /// The same by another method, whose parameter the file is.
    Request as(String other, String parameter) {
        return new Request(other, parameters, file, parameter);
    }

    /// The same to a chat that has another number now.
    Request to(long chat) {
        return new Request(method, parameters.deepCopy().put("chat_id", chat), file, field);
    }
}
