package io.tributary.kiosk;

import java.time.Duration;
import java.time.Instant;
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
        if (!call.action().equals(ACTION)
                || !(payload.path("identity") instanceof ObjectNode identity)) {
            return new Kept(frame, null);
        }
        var token = WireJson.text(identity, "token");
        boolean secret = identity.has("token") || identity.has("code");
        identity.remove("token");
        identity.remove("code");
        Person person = null;
        if (!token.isEmpty() && agrees(payload)) {
            person = tokens.person(token, shown(payload, now));
            if (person == null) {
                identity.put(REFUSED, true);
            }
        }
        var kept = new Message.Call(call.id(), call.action(), payload).text();
        return new Kept(secret ? kept : frame, person);
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
