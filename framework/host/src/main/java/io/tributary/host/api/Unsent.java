package io.tributary.host.api;

import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.outbound.Alternative;
import io.tributary.host.outbound.Posted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Refused drafts as problems of HTTP.
final class Unsent {

    private Unsent() {}

    /// With what may be done instead, the nearest first.
    static Problem problem(Posted.Refused.CannotSend refused, List<Alternative> alternatives) {
        return problem(refused)
                .with("alternatives", alternatives.stream().map(Unsent::json).toList());
    }

    private static Map<String, Object> json(Alternative alternative) {
        return switch (alternative) {
            case Alternative.OtherContent(var types) -> Map.of("content", types);
            case Alternative.OtherConversation(var id, var channel, var account) ->
                    Map.of(
                            "conversation", id.toString(),
                            "channel", channel.value(),
                            "account", account.value());
            case Alternative.NewConversation(var channel, var account, var line, var address) ->
                    Map.of(
                            "channel",
                            channel.value(),
                            "account",
                            account.value(),
                            "line",
                            line,
                            "address",
                            address);
        };
    }

    static Problem problem(Posted.Refused refused) {
        return switch (refused) {
            case Posted.Refused.NoSuchConversation _ -> Ids.notFound("conversation");
            case Posted.Refused.NoSuchAccount _ -> Ids.notFound("account");
            case Posted.Refused.AccountDown down ->
                    new Problem(
                                    ProblemType.UNAVAILABLE,
                                    "Account '" + down.account() + "' is down: " + down.why())
                            .header("Retry-After", "30");
            case Posted.Refused.Closed _ ->
                    new Problem(ProblemType.CLOSED, "The conversation has ended; begin a new one.");
            case Posted.Refused.Claimed claimed ->
                    new Problem(
                                    ProblemType.CLAIMED,
                                    "Agent '" + claimed.by() + "' holds the conversation.")
                            .with("claimedBy", claimed.by());
            case Posted.Refused.NewerContent newer ->
                    new Problem(
                                    ProblemType.NEWER_CONTENT,
                                    "There is content after `expectedPosition`, from #"
                                            + newer.position()
                                            + " on.")
                            .with("position", newer.position());
            case Posted.Refused.CannotSend cannot -> {
                Problem problem = listed(ProblemType.CANNOT_SEND, cannot.problems());
                yield cannot.opensAt() == null
                        ? problem
                        : problem.with("opensAt", cannot.opensAt().toString());
            }
            case Posted.Refused.Invalid invalid -> listed(ProblemType.INVALID, invalid.problems());
            case Posted.Refused.AlreadyOpen open ->
                    new Problem(
                                    ProblemType.CONFLICT,
                                    "There is an open conversation with this address: reply there.")
                            .with("conversation", open.id().toString());
            case Posted.Refused.KeyReused _ ->
                    new Problem(
                            ProblemType.KEY_REUSED,
                            "This Idempotency-Key came with another request before.");
            case Posted.Refused.AnswerDropped _ ->
                    new Problem(
                            ProblemType.CONFLICT,
                            "The request was taken long ago; what it brought is no longer kept.");
        };
    }

    private static Problem listed(ProblemType type, List<Posted.Problem> problems) {
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Posted.Problem each : problems) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("pointer", each.part() == 0 ? "" : "/parts/" + (each.part() - 1));
            error.put("code", each.reason().code());
            error.put("detail", each.reason().text());
            errors.add(error);
        }
        Posted.Problem first = problems.getFirst();
        return new Problem(type, first.reason().text())
                .with(
                        "reason",
                        Map.of("code", first.reason().code(), "text", first.reason().text()))
                .with("errors", errors);
    }
}
