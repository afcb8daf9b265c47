package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.FallbackPlans.Plan;
import io.tributary.host.journal.FallbackPlans.State;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.host.outbound.Posted.Refused;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import io.tributary.model.TimeOrderedIds;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Messages with a plan of what is tried where they do not arrive. The plan is stored in the commit
/// that takes the message. Methods block and are called on virtual threads; thread safe.
public final class Fallbacks {

    private final Journal journal;
    private final Replies replies;
    private final FallbackSteps steps;
    private final TimeOrderedIds ids;
    private final InstantSource clock;
    private final FallbackTurn.Means means;
    private volatile Consumer<ConversationId> whenStored = _ -> {};

    public Fallbacks(Journal journal, Replies replies, TimeOrderedIds ids, InstantSource clock) {
        this.journal = journal;
        this.replies = replies;
        this.ids = ids;
        this.clock = clock;
        this.steps = new FallbackSteps(journal, replies, clock);
        this.means =
                new FallbackTurn.Means(
                        journal,
                        steps,
                        new FallbackNotices(journal, ids, clock),
                        new Receipts(ids, clock),
                        clock);
    }

    /// Told of the conversation of each plan that was stored.
    void whenStored(Consumer<ConversationId> listener) {
        whenStored = listener;
    }

    FallbackTurn.Means means() {
        return means;
    }

    /// What a step would become.
    ///
    /// @param step from 2
    /// @param until how far it would have to get
    /// @param sendable null: the gate refuses it
    /// @param interaction null: the gate refuses it
    /// @param reason why; null: it does not
    public record Foreseen(
            int step,
            Status until,
            Previewed.@Nullable Sendable sendable,
            @Nullable Interaction interaction,
            @Nullable Reason reason) {}

    /// What the message itself would become, as [Replies#preview] says it.
    public Previewed first(Reply reply) throws InterruptedException {
        try {
            refuseChanges(reply);
        } catch (Refusal refusal) {
            return new Previewed.Unsendable(refusal.refused());
        }
        return replies.preview(reply);
    }

    /// The same for the beginning of a conversation.
    public Previewed first(Opening first) throws InterruptedException {
        try {
            refuseChanges(first.draft());
        } catch (Refusal refusal) {
            return new Previewed.Unsendable(refusal.refused());
        }
        return replies.preview(first);
    }

    /// How far the first words of a conversation would have to get.
    public Status until(Opening first, FallbackPlan plan) throws InterruptedException {
        try {
            return FallbackSteps.until(plan, replies.decided(first));
        } catch (Refusal refusal) {
            return plan.until();
        }
    }

    /// How far the message itself would have to get.
    public Status until(Reply reply, FallbackPlan plan) throws InterruptedException {
        return replies.capabilities(reply.conversation())
                .map(can -> plan.until(can.capabilities().receipts()))
                .orElse(plan.until());
    }

    /// Posts into a conversation. Where the gate refuses that, the first step that it lets through
    /// is what is taken.
    public Posted post(Reply reply, FallbackPlan plan) throws InterruptedException {
        return told(replies.decide(reply, () -> decided(reply, plan)));
    }

    /// Begins a conversation. Whose it would be is known when it has begun: where the gate refuses
    /// that, nothing else is tried.
    public Posted start(Opening first, FallbackPlan plan) throws InterruptedException {
        return told(
                replies.decide(
                        first,
                        () -> {
                            refuseChanges(first.draft());
                            var decision = replies.decided(first);
                            return begun(decision, first.draft(), plan, 1, List.of());
                        }));
    }

    private Posted told(Posted posted) {
        if (posted instanceof Posted.Taken(var interaction, _)) {
            whenStored.accept(Objects.requireNonNull(interaction.conversation()));
        }
        return posted;
    }

    /// What the steps after the first would become if each were begun now; the first is shown by
    /// [Replies#preview].
    public List<Foreseen> preview(Reply reply, FallbackPlan plan) throws InterruptedException {
        var course = course(reply, plan);
        if (course.isEmpty() || first(reply) instanceof Previewed.Unsendable(Refused.Invalid _)) {
            return List.of();
        }
        return foreseen(course.get());
    }

    /// The same for the beginning of a conversation; none where the gate refuses that.
    public List<Foreseen> preview(Opening first, FallbackPlan plan) throws InterruptedException {
        var draft = first.draft();
        try {
            refuseChanges(draft);
            var said = said(replies.decided(first), draft);
            return foreseen(FallbackCourse.of(plan, draft, List.of(), said));
        } catch (Refusal refusal) {
            return List.of();
        }
    }

    private List<Foreseen> foreseen(FallbackCourse course) throws InterruptedException {
        var plan = course.plan();
        var foreseen = new ArrayList<Foreseen>();
        var sofar = course;
        for (int step = 2; step <= plan.steps(); step++) {
            try {
                var decision = steps.decided(sofar, sofar.draft(), step);
                var until = FallbackSteps.until(plan, decision);
                foreseen.add(
                        new Foreseen(
                                step,
                                until,
                                (Previewed.Sendable) Preview.of(decision),
                                decision.interaction(),
                                null));
                sofar = sofar.plus(List.of(Tried.begun(step, decision.interaction(), until)));
            } catch (Refusal refusal) {
                foreseen.add(
                        new Foreseen(
                                step,
                                plan.until(),
                                null,
                                null,
                                FallbackSteps.why(refusal.refused())));
            }
        }
        return List.copyOf(foreseen);
    }

    /// The plan that an interaction is a step of, and what was done by it.
    public Optional<Known> of(InteractionId step) {
        return journal.fallbacks()
                .of(step)
                .map(plan -> new Known(plan, FallbackJson.read(plan.body())));
    }

    /// A plan as the journal keeps it, and what it means.
    public record Known(Plan plan, FallbackCourse course) {}

    private Replies.Decision decided(Reply reply, FallbackPlan plan)
            throws Refusal, InterruptedException {
        var draft = reply.draft();
        refuseChanges(reply);
        try {
            return begun(replies.decided(reply), draft, plan, 1, List.of());
        } catch (Refusal refusal) {
            boolean gate =
                    refusal.refused() instanceof Refused.CannotSend
                            || refusal.refused() instanceof Refused.AccountDown;
            var course = gate ? course(reply, plan) : Optional.<FallbackCourse>empty();
            if (course.isEmpty()) {
                throw refusal;
            }
            return elsewhere(course.get(), draft, refusal);
        }
    }

    /// @param draft with the key of the request, which this answers in its stead
    private Replies.Decision elsewhere(FallbackCourse course, Draft draft, Refusal refusal)
            throws Refusal, InterruptedException {
        var why = FallbackSteps.why(refusal.refused());
        var skipped =
                Tried.skipped(1, course.plan().until(), clock.instant(), why).at(course.said());
        var found = steps.next(course.with(List.of(skipped), null), draft);
        var decision = found.decision();
        if (decision == null) {
            throw refusal;
        }
        var before = new ArrayList<Tried>();
        before.add(skipped);
        before.addAll(found.skipped());
        return begun(decision, draft, course.plan(), found.step(), before);
    }

    private static void refuseChanges(Reply reply) throws Refusal {
        refuseChanges(reply.draft());
        if (reply.target() != null) {
            throw isNoMessage();
        }
    }

    private static void refuseChanges(Draft draft) throws Refusal {
        boolean message =
                draft.parts().stream()
                        .map(part -> part.content())
                        .noneMatch(content ->
                                content instanceof Content.Note
                                        || content instanceof Content.Edited
                                        || content instanceof Content.Deleted
                                        || content instanceof Content.Reaction);
        if (!message) {
            throw isNoMessage();
        }
    }

    private static Refusal isNoMessage() {
        return new Refusal(
                Refused.Invalid.because(
                        "no-message", "only what can be said elsewhere has a fallback plan"));
    }

    /// As if the message had been taken where it was to go.
    private Optional<FallbackCourse> course(Reply reply, FallbackPlan plan) {
        return journal.conversations()
                .byId(reply.conversation())
                .map(conversation -> {
                    var said =
                            Interaction.builder()
                                    .id(ids.interaction())
                                    .conversation(conversation.id())
                                    .customer(conversation.customer())
                                    .channel(conversation.channel())
                                    .account(conversation.account())
                                    .line(conversation.line())
                                    .address(conversation.address())
                                    .direction(Direction.OUTBOUND)
                                    .actor(reply.draft().actor())
                                    .receivedAt(clock.instant())
                                    .traceparent(reply.draft().traceparent())
                                    .extensions(reply.draft().extensions())
                                    .parts(reply.draft().parts())
                                    .build();
                    return FallbackCourse.of(plan, reply.draft(), List.of(), said);
                });
    }

    /// The decision with the plan beside it.
    private Replies.Decision begun(
            Replies.Decision decision,
            Draft draft,
            FallbackPlan plan,
            int step,
            List<Tried> before) {
        var id = decision.interaction().id();
        var until = FallbackSteps.until(plan, decision);
        var marked = new FallbackMark(id, step, until, List.of()).on(decision);
        var first = marked.interaction();
        var said = said(decision, draft);
        var tried = new ArrayList<>(before);
        tried.add(Tried.begun(step, first, until));
        var course = FallbackCourse.of(plan, draft, tried, said);
        var changes = new ArrayList<Change>();
        changes.add(new Change.PutFallback(row(first, course, step)));
        changes.add(step(first, id));
        return marked.with(new Item(null, List.of(), changes));
    }

    /// What is said, in the words of its author.
    private static Interaction said(Replies.Decision decision, Draft draft) {
        return decision.interaction().toBuilder()
                .parts(draft.parts())
                .extensions(draft.extensions())
                .fallbackText(null)
                .build();
    }

    private static Plan row(Interaction first, FallbackCourse course, int step) {
        var conversation = Objects.requireNonNull(first.conversation());
        return new Plan(
                first.id(),
                conversation,
                first.account(),
                State.RUNNING,
                first.receivedAt().plus(course.plan().within(step)),
                1,
                first.receivedAt(),
                FallbackJson.write(course));
    }

    static Change step(Interaction interaction, InteractionId first) {
        return new Change.AddFallbackStep(
                interaction.id(), first, Objects.requireNonNull(interaction.conversation()));
    }
}
