package io.tributary.social.telegram;

import io.tributary.model.Content.Media;
import java.util.List;
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

    /// The same to where a group goes on as a supergroup, whose messages and topics are others:
    /// what it would answer is not there.
    Request to(long chat) {
        var moved = parameters.deepCopy().put("chat_id", chat);
        moved.remove(List.of("reply_parameters", "message_thread_id"));
        return new Request(method, moved, file, field);
    }
}
