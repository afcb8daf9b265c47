package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.FallbackPlans.Plan;
import io.tributary.host.journal.FallbackPlans.State;
import io.tributary.host.journal.Outbox;
import io.tributary.host.outbound.FallbackCourse.Outcome;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is told where only some of a message arrives, and what a plan waits for.
abstract class FallbackPartsRules extends FallbackRules {

    private Interaction postTwoParts() throws InterruptedException {
        var draft = Member.draft(Content.text("one"), Content.text("two"));
        var posted = fallbacks.post(Reply.of(first, draft), plan(to("200")));
        return ((Posted.Taken) posted).interaction();
    }

    /// The second part, at the first address.
    private void secondIs(SendResult result) {
        channel.answers(message ->
                message.conversation().address().equals("100")
                                && message.content().fallback().equals("two")
                        ? result
                        : SendResult.accepted("x-" + message.key()));
    }

    private void firstArrived(InteractionId what) {
        var receipt =
                member.envelope(first)
                        .direction(Direction.INBOUND)
                        .target(Target.known(what, 1))
                        .contents(Content.receipt(Status.DELIVERED))
                        .build();
        member.done(
                Writing.append(receipt, Change.Weight.QUIET),
                new Change.Advance(what, 1, "", Status.DELIVERED, null, clock.instant()));
    }

    @Test
    @DisplayName("each step has the priority of the message")
    void priority() throws InterruptedException {
        channel.answers(message ->
                message.conversation().address().equals("100")
                        ? SendResult.rejected("4711", "not this")
                        : SendResult.accepted("x-" + message.key()));
        watched();
        var draft = Member.text("one").priority(Outbox.Priority.BULK);
        var posted = fallbacks.post(Reply.of(first, draft), plan(to("200")));
        await().until(() -> channel.sent().size() == 2);

        var step = channel.sent().getLast().id();
        assertThat(step).isNotEqualTo(((Posted.Taken) posted).interaction().id());
        assertThat(member.journal.outbox().of(step))
                .singleElement()
                .returns(Outbox.Priority.BULK, Outbox.Send::priority);
    }

    @Test
    @DisplayName("where some of a message was taken and the rest failed, the next may double")
    void failsInPart() throws InterruptedException {
        secondIs(SendResult.rejected("4711", "not this"));
        watched();
        var message = postTwoParts();
        await().until(() -> outcomes(message).equals(List.of(Outcome.LEFT, Outcome.WAITING)));
        await().until(() -> reached().size() == 4);

        firstArrived(message.id());

        await().until(() -> told(message).contains("doubled 1"));
        assertThat(notices(message).get(1)).containsEntry("mayDouble", "true");
        assertThat(outcomes(message)).containsExactly(Outcome.LEFT, Outcome.WAITING);
    }

    @Test
    @DisplayName("what was taken in part stays left when the rest of it was taken back")
    void isTakenBackInPart() throws InterruptedException {
        secondIs(SendResult.retry(Duration.ofMinutes(30), Scope.MESSAGE, "busy", "later"));
        watched();
        var message = postTwoParts();
        await().until(() -> {
            var last = journal.outbox().of(message.id()).getLast();
            return last.attempt() == 1 && last.state() == Outbox.State.QUEUED;
        });
        clock.advance(LIMIT);
        await().until(() -> outcomes(message).size() == 2);
        await().until(() -> reached().size() == 4);

        delivered(second, step(message, 1));
        await().until(() -> state(message) == State.REACHED);

        assertThat(outcomes(message)).containsExactly(Outcome.LEFT, Outcome.REACHED);
        assertThat(journal.outbox().of(message.id()).getLast().reason())
                .isEqualTo(Instead.TOO_LATE);
    }

    @Test
    @DisplayName("a send of which the provider has something is none that was never handed over")
    void isBegunInPart() throws InterruptedException {
        channel.answers(message ->
                message.conversation().address().equals("100")
                        ? SendResult.retry(Duration.ofMinutes(30), Scope.MESSAGE, "busy", "later")
                                .having(List.of(new Sent(0, "segment-1")))
                        : SendResult.accepted("x-" + message.key()));
        watched();
        var message = post(plan(to("200")));
        await().until(() -> send(message.id()).attempt() == 1);
        await().until(() -> send(message.id()).state() == Outbox.State.QUEUED);

        clock.advance(LIMIT);
        await().until(() -> outcomes(message).equals(List.of(Outcome.LEFT, Outcome.WAITING)));

        assertThat(send(message.id()).reason()).isEqualTo(Instead.TOO_LATE);
        assertThat(notices(message).get(1)).containsEntry("mayDouble", "true");
    }

    @Test
    @DisplayName("a plan waits for no more than its channel reports")
    void isNotReported() throws InterruptedException {
        channel.can(can -> can.receipts(Status.FAILED));
        watched();
        var message = post(plan(to("200")));

        await().until(() -> state(message) == State.REACHED);
        clock.advance(LIMIT);

        assertThat(course(message).tried().getFirst().until()).isEqualTo(Status.ACCEPTED);
        assertThat(fallbacks.preview(Reply.of(first, Member.text("come")), plan(to("200"))))
                .extracting(Fallbacks.Foreseen::until)
                .containsExactly(Status.ACCEPTED);
        assertThat(reached()).containsExactly("100");
    }

    @Test
    @DisplayName("where nothing is left to try, a message that is late goes on, and may arrive")
    void arrivesAfterAll() throws InterruptedException {
        channel.answers(message ->
                message.attempt() == 1
                        ? SendResult.retry(Duration.ofMinutes(30), Scope.MESSAGE, "busy", "later")
                        : SendResult.accepted("x-" + message.key()));
        watched();
        var message = post(plan(to("999")));
        await().until(() -> send(message.id()).attempt() == 1);
        await().until(() -> send(message.id()).state() == Outbox.State.QUEUED);
        clock.advance(LIMIT);
        await().until(() -> state(message) == State.EXHAUSTED);
        clock.advance(Duration.ofMinutes(30));
        isAccepted(message.id());

        delivered(first, message.id());

        await().until(() -> state(message) == State.REACHED);
        assertThat(told(message)).containsExactly("left 1", "skipped 2", "exhausted", "reached 1");
    }

    @Test
    @DisplayName("plans that cannot be read keep no other from going on")
    void othersAreBroken() throws InterruptedException {
        watched();
        var message = post(plan(to("200")));
        isAccepted(message.id());
        for (int i = 0; i < 101; i++) {
            breaks(member.ids.interaction());
        }

        clock.advance(LIMIT);

        await().until(() -> outcomes(message).size() == 2);
        assertThat(journal.fallbacks().due(clock.instant(), 1)).isEmpty();
    }

    private void breaks(InteractionId plan) {
        var soon = clock.instant().plusSeconds(1);
        member.done(
                new Change.PutFallback(
                        new Plan(
                                plan,
                                first,
                                TestAccount.ID,
                                State.RUNNING,
                                soon,
                                1,
                                soon,
                                Bytes.utf8("broken"))));
    }

    @Test
    @DisplayName("a member that stored no plan hurries those of others")
    void isHurriedElsewhere() throws InterruptedException {
        var storing = fallbacks;
        fallbacks = new Fallbacks(member.journal, member.replies, member.ids, clock);
        watched();
        var draft = Reply.of(first, Member.text("come"));
        var message = ((Posted.Taken) storing.post(draft, plan(to("200")))).interaction();
        isAccepted(message.id());

        // each of them may come before the plan was found
        await().until(() -> {
            failed(message);
            return outcomes(message).size() == 2;
        });
    }

    private void failed(Interaction message) {
        member.receipt(first, message.id(), Content.failed(Reason.of("4711", "not there")));
    }

    @Test
    @DisplayName("notices name nothing of accounts other than their own")
    void crossesAccounts() throws InterruptedException {
        var message = post(plan(to("200")));
        var elsewhere =
                new Tried(
                        2,
                        Outcome.WAITING,
                        member.ids.interaction(),
                        second,
                        AccountId.of("mail-main"),
                        "200",
                        Status.DELIVERED,
                        clock.instant(),
                        null,
                        false);

        fallbacks.means().notices().begun(message, elsewhere, false).forEach(member::done);

        assertThat(notices(message))
                .singleElement()
                .satisfies(details -> assertThat(details).containsOnlyKeys("state", "step"));
    }

    @Test
    @DisplayName("what is no message is foreseen as it would be answered")
    void isNoMessage() throws InterruptedException {
        var note = Reply.of(first, Member.draft(Content.note("call back")));

        assertThat(fallbacks.first(note)).isInstanceOf(Previewed.Unsendable.class);
        assertThat(fallbacks.preview(note, plan(to("200")))).isEmpty();
    }
}
