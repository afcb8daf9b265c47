package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The provider took the first attempt, but its answer said to come back later.
@DisplayName("a receipt that brings the provider's id")
final class ReportedTest {

    private final ManualClock clock = new ManualClock();
    private final ScriptedChannel channel = new ScriptedChannel();
    private Journals journals;
    private Member member;
    private ConversationId conversation;

    @BeforeEach
    void open() {
        journals = new Journals(clock);
        member = new Member(journals.journal(), clock, channel);
        conversation = member.conversation("100");
        channel.answers(message ->
                message.attempt() == 1
                        ? SendResult.retry(Duration.ofMinutes(30), Scope.MESSAGE, "500", "later")
                        : SendResult.accepted("x2"));
        member.start();
    }

    @AfterEach
    void close() {
        member.close();
        journals.close();
    }

    /// It is to be tried again in half an hour, and its time is over in an hour.
    private Interaction taken() throws InterruptedException {
        var draft = Member.text("hi").timeToLive(Duration.ofHours(1));
        var interaction = member.taken(Reply.of(conversation, draft));
        await().until(() -> member.send(interaction).reason() != null);
        return interaction;
    }

    private void delivered(Interaction interaction) {
        member.receipt(conversation, interaction.id(), Content.receipt(Status.DELIVERED));
        member.done(new Change.BindReference(TestAccount.ID, "x1", interaction.id(), 0));
    }

    private void assertDeliveredOnce(Interaction interaction) {
        await().until(() -> member.state(interaction).isFinal());
        assertThat(member.state(interaction)).isEqualTo(State.ACCEPTED);
        assertThat(member.receipts(interaction))
                .extracting(Content.Receipt::status)
                .containsExactly(Status.DELIVERED);
        assertThat(member.journal.deadLetters().page(DeadLetters.Query.ALL, Long.MAX_VALUE, 9))
                .isEmpty();
        assertThat(channel.sent()).hasSize(1);
    }

    @Test
    @DisplayName("settles the send that it reports: nothing is sent twice")
    void settles() throws InterruptedException {
        var interaction = taken();

        delivered(interaction);
        clock.advance(Duration.ofMinutes(40));

        assertDeliveredOnce(interaction);
    }

    @Test
    @DisplayName("settles it where its time is over, too")
    void settlesWhatExpires() throws InterruptedException {
        var interaction = taken();

        delivered(interaction);
        clock.advance(Duration.ofHours(2));

        assertDeliveredOnce(interaction);
    }

    @Test
    @DisplayName("settles it where the customer wants nothing more, too")
    void settlesWhatIsForbidden() throws InterruptedException {
        var interaction = taken();

        delivered(interaction);
        member.done(
                new Change.SetConsent(
                        member.customer(conversation),
                        TestAccount.ID,
                        "100",
                        "messages",
                        false,
                        clock.instant()));
        clock.advance(Duration.ofMinutes(40));

        assertDeliveredOnce(interaction);
    }

    @Test
    @DisplayName("does not settle what an answer said is taken in part: the rest follows")
    void theRestFollows() throws InterruptedException {
        channel.can(now -> now.together(2).with("location", Support.full()));
        channel.answers(message ->
                message.attempt() == 1
                        ? SendResult.retry("half", "half of it").having(List.of(new Sent(1, "x1")))
                        : SendResult.accepted(List.of(new Sent(2, "x2"))));
        var interaction = member.reply(conversation, Content.text("a"), Content.location(1, 2));
        await().until(() -> member.send(interaction).reason() != null);

        member.done(
                new Change.Advance(
                        interaction.id(), 1, "", Status.DELIVERED, null, clock.instant()));
        clock.advance(Duration.ofMinutes(1));

        await().until(() -> member.state(interaction) == State.ACCEPTED);
        assertThat(channel.sent()).hasSize(2);
        assertThat(channel.sent().getLast().sent()).containsExactly(new Sent(1, "x1"));
    }
}
