package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.FallbackPlans.State;
import io.tributary.host.journal.Outbox;
import io.tributary.host.outbound.FallbackCourse.Outcome;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.model.Interaction;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What does not depend on where the log is.
abstract class FallbackRules extends FallbackOnceContract {

    @Test
    @DisplayName("the next is tried at once where one fails for good, and none is left in the end")
    void fails() throws InterruptedException {
        failsAt("100", "200");
        watched();

        var message = post(plan(to("200")));

        await().until(() -> state(message) == State.EXHAUSTED);
        assertThat(outcomes(message)).containsExactly(Outcome.FAILED, Outcome.FAILED);
        assertThat(told(message)).containsExactly("left 1", "begun 2", "left 2", "exhausted");
        assertThat(notices(message).get(1)).doesNotContainKey("mayDouble");
    }

    @Test
    @DisplayName("what the gate refuses is skipped with its reason")
    void isSkipped() throws InterruptedException {
        another("300");
        member.done(
                new Change.SetConsent(
                        member.customer(first),
                        TestAccount.ID,
                        "200",
                        Permission.MESSAGES,
                        false,
                        clock.instant()));
        failsAt("100");
        watched();

        var message = post(plan(to("200"), to("999"), to("300")));

        await().until(() -> outcomes(message).size() == 4);
        assertThat(course(message).tried().stream().map(Tried::reason).skip(1).limit(2))
                .extracting(reason -> reason == null ? "" : reason.code())
                .containsExactly("opted-out", "foreign-address");
        isAccepted(step(message, 3));
        assertThat(reached()).containsExactly("100", "300");
        assertThat(told(message)).containsExactly("left 1", "skipped 2", "skipped 3", "begun 4");
    }

    @Test
    @DisplayName("where the gate refuses the message itself, the next is what is taken")
    void firstIsRefused() throws InterruptedException {
        member.done(new Change.CloseConversation(second, clock.instant()));
        member.done(
                new Change.SetConsent(
                        member.customer(first),
                        TestAccount.ID,
                        "100",
                        Permission.MESSAGES,
                        false,
                        clock.instant()));

        var message = post(plan(to(null)));

        assertThat(message.address()).isEqualTo("200");
        assertThat(message.conversation()).isNotIn(first, second);
        assertThat(outcomes(message)).containsExactly(Outcome.SKIPPED, Outcome.WAITING);
    }

    @Test
    @DisplayName("a plan that has ended still tells of a double, for three days")
    void arrivesTwiceAfterTheEnd() throws InterruptedException {
        watched();
        var message = post(plan(to("200")));
        isAccepted(message.id());
        clock.advance(LIMIT);
        await().until(() -> outcomes(message).size() == 2);
        isAccepted(step(message, 1));
        delivered(second, step(message, 1));
        await().until(() -> state(message) == State.REACHED);

        delivered(first, message.id());

        await().until(() -> told(message).contains("doubled 1"));
        assertThat(course(message).tried().getFirst().doubled()).isTrue();
        assertThat(row(message).dueAt()).isNull();
    }

    @Test
    @DisplayName("a message of unknown outcome is waited for as long as any other")
    void isUnknown() throws InterruptedException {
        channel.answers(message -> SendResult.unknown("cut", "the line was cut"));
        watched();
        var message = post(plan(to("200")));
        await().until(() -> send(message.id()).state() == Outbox.State.UNKNOWN);

        clock.advance(LIMIT.minusSeconds(1));
        assertThat(looked(message)).isFalse();
        clock.advance(Duration.ofSeconds(1));

        await().until(() -> outcomes(message).size() == 2);
        assertThat(outcomes(message).getFirst()).isEqualTo(Outcome.LEFT);
        assertThat(notices(message).get(1)).containsEntry("mayDouble", "true");
    }

    @Test
    @DisplayName("what was not sent in time is taken back before the next goes, and never follows")
    void isTakenBack() throws InterruptedException {
        channel.answers(message ->
                message.conversation().address().equals("100")
                        ? SendResult.retry(Duration.ofMinutes(30), Scope.MESSAGE, "busy", "later")
                        : SendResult.accepted("x-" + message.key()));
        watched();
        var message = post(plan(to("200")));
        await().until(() -> send(message.id()).attempt() == 1);
        await().until(() -> send(message.id()).state() == Outbox.State.QUEUED);

        clock.advance(LIMIT);
        await().until(() -> outcomes(message).size() == 2);

        assertThat(outcomes(message).getFirst()).isEqualTo(Outcome.CANCELLED);
        assertThat(send(message.id()).state()).isEqualTo(Outbox.State.REJECTED);
        isAccepted(step(message, 1));
        clock.advance(Duration.ofHours(1));
        assertThat(notices(message).get(1)).doesNotContainKey("mayDouble");
        assertThat(reached()).containsExactly("100", "200");
    }

    @Test
    @DisplayName("the steps are foreseen, each as its own end would take it")
    void isForeseen() throws InterruptedException {
        var foreseen =
                fallbacks.preview(Reply.of(first, Member.text("come")), plan(to(null), to("999")));

        assertThat(foreseen).extracting(Fallbacks.Foreseen::step).containsExactly(2, 3);
        assertThat(foreseen.getFirst().interaction())
                .isNotNull()
                .extracting(Interaction::address)
                .isEqualTo("200");
        assertThat(foreseen.getFirst().sendable()).isNotNull();
        assertThat(foreseen.getLast().sendable()).isNull();
        assertThat(foreseen.getLast().reason()).isNotNull();
    }
}
