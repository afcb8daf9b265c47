package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Journal;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.model.Content.Changed;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the conversation in which a plan began is told of it, in the stream. Of steps on other
/// accounts neither account nor conversation nor message is named: who sees this one may not see
/// those. Blocking, thread safe.
final class FallbackNotices {

    private final Journal journal;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    FallbackNotices(Journal journal, TimeOrderedIds ids, InstantSource clock) {
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    /// The next step is under way.
    ///
    /// @param mayDouble whether one before it may arrive yet
    List<Change> begun(Interaction first, Tried step, boolean mayDouble) {
        var details = details(first, "begun", step, null);
        if (mayDouble) {
            details.put("mayDouble", "true");
        }
        return changed(first, details);
    }

    /// The step did not get far enough, or was not let through.
    List<Change> passed(Interaction first, Tried step) {
        return changed(
                first,
                details(
                        first,
                        step.interaction() == null ? "skipped" : "left",
                        step,
                        step.reason()));
    }

    /// The step has got far enough.
    List<Change> reached(Interaction first, Tried step) {
        return changed(first, details(first, "reached", step, null));
    }

    /// The step, or some of it, has got far enough although another was sent.
    List<Change> doubled(Interaction first, Tried step) {
        return changed(
                first,
                details(
                        first,
                        "doubled",
                        step,
                        Reason.of(
                                "possible-double",
                                "it, or some of it, arrived, and another was sent: the customer"
                                        + " may have it twice")));
    }

    List<Change> exhausted(Interaction first) {
        return changed(first, new LinkedHashMap<>(Map.of("state", "exhausted")));
    }

    private static Map<String, String> details(
            Interaction first, String state, Tried step, @Nullable Reason reason) {
        var details = new LinkedHashMap<String, String>();
        details.put("state", state);
        details.put("step", Integer.toString(step.step()));
        if (first.account().equals(step.account())) {
            put(details, "interaction", step.interaction());
            put(details, "conversation", step.conversation());
            put(details, "account", step.account());
        }
        if (reason != null) {
            details.put("code", reason.code());
            details.put("reason", reason.text());
        }
        return details;
    }

    private static void put(Map<String, String> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }

    /// Nothing where the conversation is no longer kept: there is nobody to tell.
    private List<Change> changed(Interaction first, Map<String, String> details) {
        var id = first.conversation();
        return id == null
                ? List.of()
                : journal.conversations()
                        .byId(id)
                        .map(conversation -> append(first, conversation, details))
                        .orElse(List.of());
    }

    private List<Change> append(
            Interaction first,
            Conversations.Conversation conversation,
            Map<String, String> details) {
        var notice =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(conversation.id())
                        .customer(conversation.customer())
                        .channel(first.channel())
                        .account(first.account())
                        .line(first.line())
                        .address(first.address())
                        .thread(first.thread())
                        .direction(Direction.INTERNAL)
                        .receivedAt(clock.instant())
                        .target(Target.known(first.id()))
                        .contents(new Changed(Changed.What.FALLBACK, details))
                        .build();
        return List.of(Writing.append(notice, Change.Weight.QUIET));
    }
}
