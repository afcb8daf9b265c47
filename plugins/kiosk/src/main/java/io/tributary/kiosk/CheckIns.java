package io.tributary.kiosk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is kept of a check-in: who it is, where a token vouches for them and they agree, and never
/// the token or code itself.
final class CheckIns {

    static final String ACTION = "CheckIn";

    /// The note with the [Person].
    static final String PERSON = "person";

    /// In place of a token that vouches for nobody.
    static final String REFUSED = "refused";

    private static final String IDENTITY = "identity";
    private static final String TOKEN = "token";
    private static final String CODE = "code";

    /// For how long a check-in may wait in a device that has no connection.
    private static final Duration LATEST = Duration.ofDays(1);

    private final CustomerTokens tokens;

    CheckIns(CustomerTokens tokens) {
        this.tokens = tokens;
    }

    /// What is kept of a call.
    ///
    /// @param person null: nobody vouches for anybody
    record Kept(String frame, @Nullable Person person) {}

    /// @param frame in which the call came
    Kept of(Message.Call call, String frame, Instant now) {
        var payload = call.payload().deepCopy();
        if (!call.action().equals(ACTION) || !payload.hasNonNull(IDENTITY)) {
            return new Kept(frame, null);
        }
        if (!(payload.get(IDENTITY) instanceof ObjectNode identity)) {
            // it may be the token itself
            return new Kept(refused(call, payload, payload.putObject(IDENTITY)), null);
        }
        if (!identity.has(TOKEN) && !identity.has(CODE)) {
            return new Kept(frame, null);
        }
        boolean vouches = identity.hasNonNull(TOKEN);
        var token = WireJson.text(identity, TOKEN);
        identity.remove(List.of(TOKEN, CODE));
        var person = vouches && agrees(payload) ? tokens.person(token, shown(payload, now)) : null;
        return new Kept(
                vouches && person == null ? refused(call, payload, identity) : text(call, payload),
                person);
    }

    /// That it vouches for nobody, to somebody who agrees that it does.
    private static String refused(Message.Call call, ObjectNode payload, ObjectNode identity) {
        if (agrees(payload)) {
            identity.put(REFUSED, true);
        }
        return text(call, payload);
    }

    private static String text(Message.Call call, ObjectNode payload) {
        return new Message.Call(call.id(), call.action(), payload).text();
    }

    static boolean agrees(JsonNode payload) {
        return payload.path("consent").path("granted").asBoolean(false);
    }

    /// A token that was good when it was shown is good also if the connection came back later.
    private static Instant shown(JsonNode payload, Instant now) {
        var at = WireJson.time(payload, "at");
        return at != null && at.isBefore(now) && at.isAfter(now.minus(LATEST)) ? at : now;
    }
}
