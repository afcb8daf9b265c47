package io.tributary.host.outbound;

import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an interaction says of the plan that it is a step of: the extension `tributary.fallback` is
/// `{"plan":…,"step":2,"until":"delivered","instead":[…]}` where it is the second step of the plan
/// that began with the first interaction, and is said instead of those, which may arrive yet. Of
/// accounts other than its own it names none.
///
/// @param plan the first interaction of it
/// @param step from 1
/// @param until how far it has to get
/// @param instead earlier ones on the same account that may arrive yet
record FallbackMark(InteractionId plan, int step, Status until, List<InteractionId> instead) {

    static final String EXTENSION = Draft.OURS + "fallback";

    FallbackMark {
        instead = List.copyOf(instead);
    }

    static Optional<FallbackMark> of(Interaction interaction) {
        var json = interaction.extensions().get(EXTENSION);
        if (json == null) {
            return Optional.empty();
        }
        var tree = JsonMapper.shared().readTree(json.text());
        var instead = new ArrayList<InteractionId>();
        tree.path("instead").forEach(id -> instead.add(InteractionId.of(id.asString())));
        return Optional.of(
                new FallbackMark(
                        InteractionId.of(tree.path("plan").asString()),
                        tree.path("step").asInt(),
                        Status.valueOf(tree.path("until").asString().toUpperCase(Locale.ROOT)),
                        instead));
    }

    /// The mark of a step that was found after these.
    static FallbackMark of(
            InteractionId plan, FallbackSteps.Found found, Status until, List<Tried> earlier) {
        var decision = Objects.requireNonNull(found.decision());
        var account = decision.interaction().account();
        return new FallbackMark(
                plan,
                found.step(),
                until,
                earlier.stream()
                        .filter(step -> account.equals(step.account()))
                        .map(step -> Objects.requireNonNull(step.interaction()))
                        .toList());
    }

    Json json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("plan", plan.toString());
        json.put("step", step);
        json.put("until", until.name().toLowerCase(Locale.ROOT));
        ArrayNode ids = json.putArray("instead");
        instead.forEach(id -> ids.add(id.toString()));
        return Json.of(json.toString());
    }

    /// The decision with an interaction that says so.
    Replies.Decision on(Replies.Decision decision) {
        var marked = decision.interaction().toBuilder().extension(EXTENSION, json()).build();
        return decision.storing(marked);
    }
}
