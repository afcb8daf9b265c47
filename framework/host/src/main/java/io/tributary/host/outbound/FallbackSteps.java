package io.tributary.host.outbound;

import io.tributary.host.journal.Journal;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.host.outbound.FallbackEnds.Candidate;
import io.tributary.host.outbound.FallbackEnds.End;
import io.tributary.host.outbound.Posted.Refused;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.CustomerId;
import io.tributary.model.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides how a plan goes on: the next step that the gate lets through, with the words as their
/// author wrote them, adapted to where they go. Blocking, thread safe.
final class FallbackSteps {

    private final Replies replies;
    private final FallbackEnds ends;
    private final InstantSource clock;

    FallbackSteps(Journal journal, Replies replies, InstantSource clock) {
        this.replies = replies;
        this.ends = new FallbackEnds(journal);
        this.clock = clock;
    }

    /// @param skipped that the gate refused on the way
    /// @param step which one the decision is
    /// @param decision null: none is left
    record Found(List<Tried> skipped, int step, Replies.@Nullable Decision decision) {}

    /// The next after what was tried.
    ///
    /// @param draft of the course; with the key of the request where this answers it
    Found next(FallbackCourse course, Draft draft) throws InterruptedException {
        var skipped = new ArrayList<Tried>();
        for (int step = Math.max(2, course.next()); step <= course.plan().steps(); step++) {
            try {
                return new Found(skipped, step, decided(course, draft, step));
            } catch (Refusal refusal) {
                skipped.add(
                        Tried.skipped(
                                step,
                                course.plan().until(),
                                clock.instant(),
                                why(refusal.refused())));
            }
        }
        return new Found(skipped, course.plan().steps() + 1, null);
    }

    /// What a step would be committed as.
    ///
    /// @throws Refusal none of its ends lets it through; of the last of them
    Replies.Decision decided(FallbackCourse course, Draft draft, int number)
            throws Refusal, InterruptedException {
        var step = course.plan().then().get(number - 2);
        var customer = course.said().customer();
        if (customer == null) {
            throw refused("unknown-customer", "nobody is known at the other end");
        }
        return step.address() == null
                ? anywhere(course, draft, step, customer)
                : there(draft, step, customer);
    }

    private Replies.Decision anywhere(
            FallbackCourse course, Draft draft, FallbackPlan.Step step, CustomerId customer)
            throws Refusal, InterruptedException {
        @Nullable Refusal last = null;
        for (var candidate : ends.of(step, course.plan(), customer, used(course))) {
            try {
                return at(candidate, draft, customer);
            } catch (Refusal refusal) {
                last = refusal;
            }
        }
        throw last == null
                ? refused("no-address", "the customer has written from no other address there")
                : last;
    }

    /// Ends at which the same was said already, or refused.
    private static Set<End> used(FallbackCourse course) {
        var used = new HashSet<End>();
        used.add(new End(course.said().account(), course.said().address()));
        for (var tried : course.tried()) {
            var account = tried.account();
            var address = tried.address();
            if (account != null && address != null) {
                used.add(new End(account, address));
            }
        }
        return used;
    }

    private Replies.Decision at(Candidate candidate, Draft draft, CustomerId customer)
            throws Refusal, InterruptedException {
        var conversation = candidate.conversation();
        return conversation.closedAt() == null
                ? replies.decided(Reply.of(conversation.id(), draft))
                : opened(
                        new Opening(
                                conversation.account(),
                                conversation.address(),
                                conversation.line(),
                                customer,
                                draft));
    }

    private Replies.Decision there(Draft draft, FallbackPlan.Step step, CustomerId customer)
            throws Refusal, InterruptedException {
        var account = step.account();
        var address = step.address();
        if (account == null || address == null || !ends.isOf(customer, account, address)) {
            throw refused("foreign-address", "the address is not known as one of this customer");
        }
        return opened(new Opening(account, address, step.line(), customer, draft));
    }

    /// In the conversation with this end, where there is one.
    private Replies.Decision opened(Opening opening) throws Refusal, InterruptedException {
        try {
            return replies.decided(opening);
        } catch (Refusal refusal) {
            if (refusal.refused() instanceof Refused.AlreadyOpen(var id)) {
                return replies.decided(
                        Reply.of(id, opening.draft()).via(opening.line(), opening.address()));
            }
            throw refusal;
        }
    }

    /// How far a step has to get as it was decided.
    static Status until(FallbackPlan plan, Replies.Decision decision) {
        var carrier = decision.carrier();
        return plan.until(carrier == null ? Set.of() : carrier.capabilities().receipts());
    }

    private static Refusal refused(String code, String text) {
        return new Refusal(Refused.CannotSend.because(code, text));
    }

    /// In the words that its author would have been answered with.
    static Reason why(Refused refused) {
        return switch (refused) {
            case Refused.CannotSend(var problems, _) -> problems.getFirst().reason();
            case Refused.Invalid(var problems) -> problems.getFirst().reason();
            case Refused.AccountDown down -> Reason.of("account-down", down.why());
            case Refused.NoSuchAccount _ -> Reason.of("no-account", "there is no such account");
            case Refused.Claimed _ ->
                    Reason.of("claimed", "somebody else holds the conversation there");
            case Refused.Closed _ -> Reason.of("closed", "the conversation there has ended");
            case Refused.NoSuchConversation _,
                    Refused.NewerContent _,
                    Refused.AlreadyOpen _,
                    Refused.KeyReused _,
                    Refused.AnswerDropped _ ->
                    Reason.of("changed", "the conversation there has changed");
        };
    }
}
