package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.host.journal.Outbox.State;
import io.tributary.host.journal.Unit;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("an outbound dead letter")
final class ResendingTest {

    private final ManualClock clock = new ManualClock();
    private final ScriptedChannel channel = new ScriptedChannel();
    private Journals journals;
    private Member member;
    private Resending resending;
    private ConversationId conversation;

    @BeforeEach
    void open() {
        journals = new Journals(clock);
        member = new Member(journals.journal(), clock, channel);
        resending = new Resending(member.journal, member.replies, clock);
        conversation = member.conversation("100");
        channel.answers(message ->
                message.content().fallback().equals("bad")
                        ? SendResult.rejected("4711", "not this")
                        : SendResult.accepted("x-" + message.key()));
        member.start();
    }

    @AfterEach
    void close() {
        member.close();
        journals.close();
    }

    private List<DeadLetters.DeadLetter> letters() {
        return member.journal.deadLetters().page(DeadLetters.Query.ALL, Long.MAX_VALUE, 100);
    }

    /// @return the reply whose part failed
    private Interaction failed(String... texts) throws InterruptedException {
        int before = letters().size();
        var contents = new ArrayList<Content>();
        for (var text : texts) {
            contents.add(Content.text(text));
        }
        var interaction = member.reply(conversation, contents.toArray(Content[]::new));
        await().until(() -> letters().size() > before);
        return interaction;
    }

    private Resending.Result send() throws InterruptedException {
        return resending.send(letters().getFirst().id(), "ops");
    }

    private Interaction taken() throws InterruptedException {
        var taken = (Resending.Result.Taken) send();
        return Bodies.of(member.journal.log().byId(taken.interaction()).orElseThrow());
    }

    @Test
    @DisplayName("is sent again once, in its author's name, and says that it is a replay")
    void isSentAgainOnce() throws InterruptedException {
        var first = failed("bad");
        channel.answers(message -> SendResult.accepted("x-" + message.key()));

        var again = taken();

        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(again.replayed()).isTrue();
        assertThat(again.actor()).isEqualTo(first.actor());
        assertThat(again.address()).isEqualTo(first.address());
        assertThat(again.parts()).isEqualTo(first.parts());
        await().until(() -> member.state(again) == State.ACCEPTED);
        assertThat(send()).isInstanceOf(Resending.Result.Closed.class);
        assertThat(letters()).singleElement().matches(DeadLetters.DeadLetter::replayed);
        assertThat(member.journal.audit().page(Long.MAX_VALUE, 1).getFirst())
                .matches(record -> record.action().equals("dead-letter.replay"))
                .matches(record -> record.actor().equals("ops"));
    }

    @Test
    @DisplayName("takes along the parts that failed with it, and none that were taken")
    void takesLaterPartsAlong() throws InterruptedException {
        failed("good", "bad", "never");
        channel.answers(message -> SendResult.accepted("x-" + message.key()));

        assertThat(taken().parts())
                .containsExactly(
                        new Part(1, Content.text("bad")), new Part(2, Content.text("never")));
    }

    @Test
    @DisplayName("is closed, and not sent again, where it has arrived after all")
    void hasArrived() throws InterruptedException {
        var first = failed("bad");
        member.receipt(conversation, first.id(), Content.receipt(Status.DELIVERED));
        int rows = member.rows().size();

        assertThat(send()).isEqualTo(new Resending.Result.Arrived());

        assertThat(member.rows()).hasSize(rows);
        assertThat(letters())
                .singleElement()
                .matches(letter -> letter.closedAt() != null && !letter.replayed());
        assertThat(member.journal.audit().page(Long.MAX_VALUE, 1).getFirst())
                .matches(record -> record.action().equals("dead-letter.arrived"))
                .matches(record -> record.actor().equals("ops"));
        assertThat(send()).isInstanceOf(Resending.Result.Closed.class);
    }

    @Test
    @DisplayName("is not sent again where it arrives between the look and the commit")
    void arrivesMeanwhile() throws InterruptedException {
        var first = failed("bad");
        int rows = member.rows().size();
        var once = new AtomicBoolean();
        member.journal.refuse(_ -> {
            if (once.compareAndSet(false, true)) {
                journals.journal().append(Unit.of(arrived(first, 0))).join().need();
            }
            return false;
        });

        assertThat(send()).isEqualTo(new Resending.Result.Arrived());

        assertThat(member.rows()).hasSize(rows);
    }

    private Change arrived(Interaction interaction, int part) {
        return new Change.Advance(interaction.id(), part, "", Status.READ, null, clock.instant());
    }

    @Test
    @DisplayName("is sent again without the part that arrived after all")
    void onePartHasArrived() throws InterruptedException {
        var first = failed("good", "bad", "never");
        member.done(arrived(first, 2));
        channel.answers(message -> SendResult.accepted("x-" + message.key()));

        assertThat(taken().parts()).containsExactly(new Part(1, Content.text("never")));
    }

    @Test
    @DisplayName("is sent again without the parts that the provider took, unless they failed later")
    void withoutWhatWasTaken() throws InterruptedException {
        var first = failedTogether(new Sent(1, "p1"), new Sent(2, "p2"));
        member.done(
                new Change.Advance(
                        first.id(),
                        2,
                        "",
                        Status.FAILED,
                        Reason.of("30003", "unreachable"),
                        clock.instant()));

        assertThat(taken().parts())
                .extracting(Part::content)
                .containsExactly(Content.location(2, 2), Content.location(3, 3));
    }

    @Test
    @DisplayName("is not sent again where the provider's only id is that of the whole send")
    void takenAsAWhole() throws InterruptedException {
        failedTogether(Sent.whole("p"));

        assertThat(send())
                .isInstanceOfSatisfying(
                        Resending.Result.Failed.class,
                        failed -> assertThat(failed.why()).contains("might arrive twice"));
        assertThat(letters()).singleElement().matches(letter -> letter.closedAt() == null);
    }

    /// A text and two places in one send that is refused when these were taken.
    private Interaction failedTogether(Sent... taken) throws InterruptedException {
        channel.can(now -> now.together(3).with("location", Capabilities.Support.full()));
        channel.answers(
                _ -> new SendResult.Rejected(List.of(taken), Reason.of("4711", "not these")));
        var interaction =
                member.reply(
                        conversation,
                        Content.text("here"),
                        Content.location(2, 2),
                        Content.location(3, 3));
        await().until(() -> letters().size() == 1);
        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        return interaction;
    }

    @Test
    @DisplayName("takes along what failed with it also where something between them was sent")
    void beyondWhatWasSent() throws InterruptedException {
        var first = failed("bad", "meanwhile", "never");
        between(first, State.ACCEPTED, null);

        assertThat(taken().parts())
                .extracting(Part::content)
                .containsExactly(Content.text("bad"), Content.text("never"));
    }

    @Test
    @DisplayName("leaves to the next dead letter of the interaction what failed with that")
    void upToTheNextLetter() throws InterruptedException {
        var first = failed("bad", "worse", "never");
        between(first, State.REJECTED, Reason.of("4712", "nor this"));

        assertThat(taken().parts()).extracting(Part::content).containsExactly(Content.text("bad"));
    }

    /// What became of the second of three sends.
    private void between(Interaction interaction, State state, @Nullable Reason reason) {
        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        var send = member.journal.outbox().of(interaction.id()).get(1);
        member.done(
                new Change.MoveSend(send.id(), state, send.attempt(), send.epoch(), null, reason));
    }

    @Test
    @DisplayName("has as much time as its author gave it first, and its priority")
    void keepsItsTime() throws InterruptedException {
        var draft = Member.text("bad").timeToLive(Duration.ofMinutes(7)).priority(Priority.BULK);
        member.taken(Reply.of(conversation, draft));
        await().until(() -> letters().size() == 1);
        clock.advance(Duration.ofHours(1));
        channel.answers(message -> SendResult.accepted("x-" + message.key()));

        var again = taken();

        assertThat(member.send(again).expiresAt())
                .isEqualTo(again.receivedAt().plus(Duration.ofMinutes(7)));
        assertThat(member.send(again).priority()).isEqualTo(Priority.BULK);
    }

    @Test
    @DisplayName("is sent again from what it holds itself where retention took the interaction")
    void outlivesTheInteraction() throws InterruptedException {
        var answered = member.reply(conversation, "good");
        var draft =
                Member.draft(Content.text("bad"), Content.text("never"))
                        .timeToLive(Duration.ofMinutes(7));
        var first = member.taken(Reply.of(conversation, draft).answering(answered.id()));
        await().until(() -> letters().size() == 1);
        clock.advance(Duration.ofDays(1));
        assertThat(member.journal.dropBefore(clock.instant())).isPositive();
        assertThat(member.journal.log().byId(first.id())).isEmpty();
        channel.answers(message -> SendResult.accepted("x-" + message.key()));

        var again = taken();

        assertThat(again.parts()).isEqualTo(first.parts());
        assertThat(again.actor()).isEqualTo(first.actor());
        assertThat(again.inReplyTo()).isNull();
        assertThat(member.send(again).expiresAt())
                .isEqualTo(again.receivedAt().plus(Duration.ofMinutes(7)));
    }

    @Test
    @DisplayName("stays open where the journal refuses the reply for good")
    void cannotBeStored() throws InterruptedException {
        failed("bad");
        member.journal.refuseForGood(_ -> true);

        assertThat(send()).isEqualTo(new Resending.Result.Failed("it contradicts what is stored"));

        member.journal.refuseForGood(_ -> false);
        assertThat(letters()).singleElement().matches(letter -> letter.closedAt() == null);
    }

    @Test
    @DisplayName("goes through the gate as it is now, and stays open where that is shut")
    void goesThroughTheGate() throws InterruptedException {
        failed("bad");
        member.done(new Change.CloseConversation(conversation, clock.instant()));

        assertThat(send())
                .isEqualTo(new Resending.Result.Refused(new Posted.Refused.Closed(conversation)));
        assertThat(letters()).singleElement().matches(letter -> letter.closedAt() == null);
    }

    @Test
    @DisplayName("stays open where the member cannot store, and is sent again once it can")
    void staysOpen() throws InterruptedException {
        failed("bad");
        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        int rows = member.rows().size();
        member.journal.refuse(_ -> true);

        assertThatThrownBy(this::send).isInstanceOf(JournalUnavailable.class);
        assertThat(member.rows()).hasSize(rows);
        assertThat(letters()).singleElement().matches(letter -> letter.closedAt() == null);

        member.journal.refuse(_ -> false);
        assertThat(taken().replayed()).isTrue();
    }

    @Test
    @DisplayName("is sent again once, also where several try it at the same time")
    void isSentAgainOnceByMany() throws Exception {
        failed("bad");
        long letter = letters().getFirst().id();
        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        List<Callable<Resending.Result>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var other = new Resending(member.journal, member.replies, clock);
            tries.add(() -> other.send(letter, "ops"));
        }

        var results = new ArrayList<Resending.Result>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(tries)) {
                results.add(one.get());
            }
        }

        assertThat(results).filteredOn(Resending.Result.Taken.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(Resending.Result.Closed.class::isInstance).hasSize(7);
        assertThat(member.rows().stream().filter(row -> Bodies.of(row).replayed())).hasSize(1);
    }
}
