package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.outbound.FallbackCourse;
import io.tributary.host.outbound.FallbackPlan;
import io.tributary.host.outbound.Fallbacks;
import io.tributary.host.outbound.Fallbacks.Foreseen;
import io.tributary.model.Interaction;
import io.tributary.model.Reason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Fallback plans in JSON: what was done by one, and what would be. Of accounts that the token does
/// not see nothing is named.
final class FallbackView {

    private FallbackView() {}

    static ObjectNode of(Fallbacks.Known known, Principal principal) {
        FallbackCourse course = known.course();
        ObjectNode view =
                RequestJson.JSON
                        .createObjectNode()
                        .put("plan", known.plan().first().toString())
                        .put("state", word(known.plan().state()))
                        .put("until", word(course.plan().until()))
                        .put(
                                "doubled",
                                course.tried().stream().anyMatch(FallbackCourse.Tried::doubled));
        put(view, "endedAt", course.endedAt());
        if (course.endedAt() == null) {
            put(view, "dueAt", known.plan().dueAt());
        }
        ArrayNode steps = view.putArray("steps");
        course.tried().forEach(each -> add(steps.addObject(), each, principal));
        int last = course.tried().isEmpty() ? 0 : course.tried().getLast().step();
        for (int step = last + 1; step <= course.plan().then().size() + 1; step++) {
            steps.addObject()
                    .put("step", step)
                    .put("outcome", course.endedAt() == null ? "later" : "unneeded")
                    .put("within", within(course.plan(), step));
        }
        return view;
    }

    private static String within(FallbackPlan plan, int step) {
        return plan.then().get(step - 2).within().toString();
    }

    private static void add(ObjectNode view, FallbackCourse.Tried tried, Principal principal) {
        view.put("step", tried.step()).put("outcome", word(tried.outcome()));
        var account = tried.account();
        if (account != null && principal.sees(account)) {
            put(view, "account", account);
            put(view, "conversation", tried.conversation());
            put(view, "interaction", tried.interaction());
        }
        view.put("until", word(tried.until()));
        put(view, "at", tried.at());
        if (tried.doubled()) {
            view.put("doubled", true);
        }
        if (tried.outcome() == FallbackCourse.Outcome.LEFT) {
            view.put("mayDouble", true);
        }
        reason(view, tried.reason());
    }

    /// What the steps after the message itself would become now.
    static ArrayNode of(List<Foreseen> steps) {
        ArrayNode views = RequestJson.JSON.createArrayNode();
        for (Foreseen each : steps) {
            ObjectNode view =
                    views.addObject()
                            .put("step", each.step())
                            .put("until", word(each.until()))
                            .put("possible", each.sendable() != null);
            Interaction interaction = each.interaction();
            if (each.sendable() != null && interaction != null) {
                put(view, "channel", interaction.channel());
                put(view, "account", interaction.account());
                put(view, "conversation", interaction.conversation());
                ObjectNode sends = PreviewView.of(each.sendable());
                sends.remove("sendable");
                view.setAll(sends);
            }
            reason(view, each.reason());
        }
        return views;
    }

    private static void reason(ObjectNode view, @Nullable Reason reason) {
        if (reason != null) {
            view.putObject("reason").put("code", reason.code()).put("text", reason.text());
        }
    }

    private static void put(ObjectNode view, String name, @Nullable Object value) {
        if (value != null) {
            view.put(name, value.toString());
        }
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
