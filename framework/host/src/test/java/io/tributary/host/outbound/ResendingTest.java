package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import io.tributary.spi.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
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
    @DisplayName("is not sent again where it has arrived after all")
    void hasArrived() throws InterruptedException {
        var first = failed("bad");
        member.receipt(conversation, first.id(), Content.receipt(Status.DELIVERED));

        assertThat(send())
                .isEqualTo(
                        new Resending.Result.Failed("it has arrived after all, the provider says"));
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
