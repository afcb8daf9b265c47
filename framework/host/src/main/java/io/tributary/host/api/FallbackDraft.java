package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.outbound.FallbackPlan;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Content.Receipt.Status;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A fallback plan as requests say it:
/// `{"until":"delivered","within":"PT5M","then":[{"account":…,"address":…,"within":…}…]}`.
final class FallbackDraft {

    private static final String AT = "/fallback";
    private static final Set<String> KEYS = new TreeSet<>(Set.of("until", "within", "then"));
    private static final Set<String> STEP_KEYS =
            new TreeSet<>(Set.of("channel", "account", "line", "address", "within"));
    private static final Duration USUAL = Duration.ofMinutes(5);

    private final RequestJson body;
    private final Principal principal;

    private FallbackDraft(RequestJson body, Principal principal) {
        this.body = body;
        this.principal = principal;
    }

    /// @return null: the request has none, or none that is right
    static @Nullable FallbackPlan of(RequestJson body, Principal principal) {
        return body.has("fallback")
                ? new FallbackDraft(body, principal).read(body.object("fallback"))
                : null;
    }

    private @Nullable FallbackPlan read(JsonNode json) {
        onlyKnown(json, AT, KEYS);
        Status until = until(json);
        Duration within = within(json, AT, USUAL);
        JsonNode then = json.path("then");
        if (!then.isArray() || then.isEmpty() || then.size() > FallbackPlan.MOST_STEPS) {
            body.error(
                    AT + "/then", "must be a list of 1 to " + FallbackPlan.MOST_STEPS + " steps");
            return null;
        }
        List<FallbackPlan.Step> steps = new ArrayList<>();
        for (int i = 0; i < then.size(); i++) {
            FallbackPlan.Step step = step(then.get(i), AT + "/then/" + i, within);
            if (step != null) {
                steps.add(step);
            }
        }
        return steps.size() < then.size() || until == null
                ? null
                : new FallbackPlan(until, within, steps, principal.accounts());
    }

    private void onlyKnown(JsonNode json, String at, Set<String> known) {
        for (String key : json.propertyNames()) {
            if (!known.contains(key)) {
                body.error(
                        at + "/" + key,
                        "there is no such key; there are " + String.join(", ", known));
            }
        }
    }

    private @Nullable Status until(JsonNode json) {
        JsonNode until = json.path("until");
        if (until.isMissingNode()) {
            return Status.DELIVERED;
        }
        for (Status each : List.of(Status.ACCEPTED, Status.DELIVERED, Status.READ)) {
            if (each.name().toLowerCase(Locale.ROOT).equals(until.asString(""))) {
                return each;
            }
        }
        body.error(AT + "/until", "must be one of [accepted, delivered, read]");
        return null;
    }

    private Duration within(JsonNode json, String at, Duration usual) {
        JsonNode within = json.path("within");
        if (within.isMissingNode()) {
            return usual;
        }
        try {
            Duration time = Duration.parse(within.asString(""));
            if (time.isPositive() && time.compareTo(FallbackPlan.LONGEST) <= 0) {
                return time;
            }
            body.error(at + "/within", "must be more than nothing and at most P7D");
        } catch (DateTimeParseException wrong) {
            body.error(at + "/within", "must be an ISO-8601 duration such as PT5M");
        }
        return usual;
    }

    private FallbackPlan.@Nullable Step step(JsonNode json, String at, Duration usual) {
        if (!json.isObject()) {
            body.error(at, "must be an object");
            return null;
        }
        onlyKnown(json, at, STEP_KEYS);
        String account = text(json, at, "account");
        String channel = text(json, at, "channel");
        String line = text(json, at, "line");
        String address = text(json, at, "address");
        Duration within = within(json, at, usual);
        if (account == null && (line != null || address != null)) {
            body.error(at + "/account", "is needed where a line or an address is named");
            return null;
        }
        try {
            return new FallbackPlan.Step(
                    channel == null ? null : ChannelId.of(channel),
                    account == null ? null : visible(account, at),
                    line,
                    address,
                    within);
        } catch (IllegalArgumentException wrong) {
            body.error(at, String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    private AccountId visible(String account, String at) {
        AccountId id = AccountId.of(account);
        if (!principal.sees(id)) {
            body.error(at + "/account", "there is no account '" + account + "'");
        }
        return id;
    }

    private @Nullable String text(JsonNode json, String at, String key) {
        JsonNode value = json.path(key);
        if (value.isMissingNode()) {
            return null;
        }
        String text = value.asString("");
        if (text.isBlank() || text.length() > 512 || text.indexOf('\0') >= 0) {
            body.error(at + "/" + key, "must be a string of 1 to 512 characters");
            return null;
        }
        return text;
    }
}
