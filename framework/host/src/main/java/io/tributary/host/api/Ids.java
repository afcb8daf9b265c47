package io.tributary.host.api;

import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids as they stand in paths and queries. What is no id names nothing: 404.
final class Ids {

    private static final int UUID_LENGTH = 36;

    private Ids() {}

    static @Nullable UUID parse(String text) {
        if (text.length() != UUID_LENGTH) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException wrong) {
            return null;
        }
    }

    private static UUID inPath(Request request, String what) {
        UUID id = parse(request.need("id"));
        if (id == null) {
            throw notFound(what);
        }
        return id;
    }

    static ConversationId conversation(Request request) {
        return new ConversationId(inPath(request, "conversation"));
    }

    static CustomerId customer(Request request) {
        return new CustomerId(inPath(request, "customer"));
    }

    static InteractionId interaction(Request request) {
        return new InteractionId(inPath(request, "interaction"));
    }

    static MediaId media(Request request) {
        return new MediaId(inPath(request, "media"));
    }

    static AccountId account(Request request) {
        try {
            return new AccountId(request.need("id"));
        } catch (IllegalArgumentException wrong) {
            throw notFound("account");
        }
    }

    static long number(Request request, String what) {
        try {
            return Long.parseLong(request.need("id"));
        } catch (NumberFormatException wrong) {
            throw notFound(what);
        }
    }

    /// The same for what is not there and for what the token may not see.
    static Problem notFound(String what) {
        return new Problem(ProblemType.NOT_FOUND, "There is no such " + what + ".");
    }
}
