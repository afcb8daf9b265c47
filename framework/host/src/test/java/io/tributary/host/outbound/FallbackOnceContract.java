package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.FallbackPlans.State;
import io.tributary.host.journal.Outbox;
import io.tributary.host.outbound.FallbackCourse.Outcome;
import io.tributary.model.Interaction;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// That a message with a plan is not said twice by repeating, trying or replaying it.
abstract class FallbackOnceContract extends FallbackContract {

    void refusesAt(String address) {
        member.done(
                new Change.SetConsent(
                        member.customer(first),
                        TestAccount.ID,
                        address,
                        Permission.MESSAGES,
                        false,
                        clock.instant()));
    }

    @Test
    @DisplayName("a repeated request is answered with the step that was taken in its stead")
    void isRepeated() throws InterruptedException {
        refusesAt("100");
        var draft = Member.text("come").idempotency(new Draft.Idempotency("app", "key", "print"));

        var taken = (Posted.Taken) fallbacks.post(Reply.of(first, draft), plan(to("200")));
        var again = (Posted.Taken) fallbacks.post(Reply.of(first, draft), plan(to("200")));

        assertThat(again.interaction().id()).isEqualTo(taken.interaction().id());
        isAccepted(taken.interaction().id());
        assertThat(reached()).containsExactly("200");
    }

    @Test
    @DisplayName("a send that comes back when its time is over and another was begun is not made")
    void comesBackTooLate() throws InterruptedException {
        var answered = new CountDownLatch(1);
        channel.answers(message -> {
            if (message.conversation().address().equals("200")) {
                return SendResult.accepted("x-" + message.key());
            }
            answered.await();
            return SendResult.retry(Duration.ofSeconds(1), Scope.MESSAGE, "busy", "later");
        });
        watched();
        var message = post(plan(to("200")));
        await().until(() -> reached().equals(List.of("100")));
        clock.advance(LIMIT);
        await().until(() -> outcomes(message).equals(List.of(Outcome.LEFT, Outcome.WAITING)));
        isAccepted(step(message, 1));
        delivered(second, step(message, 1));
        await().until(() -> state(message) == State.REACHED);

        answered.countDown();
        await().until(() -> send(message.id()).state() != Outbox.State.SENDING);
        clock.advance(Duration.ofMinutes(1));

        await().until(() -> send(message.id()).state() == Outbox.State.REJECTED);
        assertThat(send(message.id()).reason()).isEqualTo(Instead.TOO_LATE);
        assertThat(reached()).containsExactly("100", "200");
        assertThat(journal.deadLetters().open()).isZero();
        assertThat(told(message)).doesNotContain("doubled 1");
    }

    private List<Long> letters() {
        return journal.deadLetters().oldest(DeadLetters.Query.ALL, 0, 10);
    }

    private Resending.Result replayed(long letter) throws InterruptedException {
        return new Resending(member.journal, member.replies, clock).send(letter, "ops");
    }

    @Test
    @DisplayName("a dead letter is not replayed while another step is under way, or has arrived")
    void isNotReplayed() throws InterruptedException {
        failsAt("100");
        watched();
        var message = post(plan(to("200")));
        await().until(() -> outcomes(message).size() == 2);
        isAccepted(step(message, 1));
        var letter = letters().getFirst();

        assertThat(replayed(letter)).isInstanceOf(Resending.Result.Failed.class);
        delivered(second, step(message, 1));
        await().until(() -> state(message) == State.REACHED);
        assertThat(replayed(letter)).isInstanceOf(Resending.Result.Arrived.class);

        assertThat(reached()).containsExactly("100", "200");
        assertThat(journal.deadLetters().open()).isZero();
    }

    @Test
    @DisplayName("of the dead letters of one plan one is replayed")
    void isReplayedOnce() throws InterruptedException {
        failsAt("100", "200");
        watched();
        var message = post(plan(to("200")));
        await().until(() -> state(message) == State.EXHAUSTED);
        failsAt();

        var taken = (Resending.Result.Taken) replayed(letters().getFirst());
        isAccepted(taken.interaction());

        assertThat(replayed(letters().getLast())).isInstanceOf(Resending.Result.Failed.class);
        delivered(first, taken.interaction());
        assertThat(replayed(letters().getLast())).isInstanceOf(Resending.Result.Arrived.class);
        assertThat(reached()).containsExactly("100", "200", "100");
    }

    @Test
    @DisplayName("a plan that has ended and is watched is written once")
    void isWrittenOnce() throws InterruptedException {
        clock.advance(Duration.ofNanos(123));
        var message = endedWithOneLeft();

        assertThat(looked(message)).isFalse();
        assertThat(row(message).dueAt()).isNotNull();
    }

    private Interaction endedWithOneLeft() throws InterruptedException {
        var message = post(plan(to("200")));
        isAccepted(message.id());
        clock.advance(LIMIT);
        assertThat(looked(message)).isTrue();
        isAccepted(step(message, 1));
        delivered(second, step(message, 1));
        assertThat(looked(message)).isTrue();
        assertThat(state(message)).isEqualTo(State.REACHED);
        return message;
    }
}
