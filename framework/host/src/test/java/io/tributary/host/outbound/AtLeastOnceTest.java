package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Commit;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Outbox.State;
import io.tributary.host.journal.Unit;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What becomes of sends that go out once more although an earlier attempt may have arrived.
final class AtLeastOnceTest {

    private final ManualClock clock = new ManualClock();
    private final ScriptedChannel channel = new ScriptedChannel();
    private Journals journals;
    private Member member;
    private ConversationId conversation;

    @BeforeEach
    void open() {
        journals = new Journals(clock);
        member = member();
        conversation = member.conversation("100");
    }

    private Member member() {
        return new Member(
                journals.journal(),
                clock,
                channel,
                Member.PACE,
                Wires.NONE,
                100,
                Set.of(TestAccount.ID));
    }

    @AfterEach
    void close() {
        member.close();
        journals.close();
    }

    /// Begins with an attempt of which nobody hears anything, and is due again.
    ///
    /// @param then what the next attempts are answered
    private Interaction sentAgain(SendResult then) throws InterruptedException {
        channel.answers(message ->
                message.content().fallback().equals("next")
                        ? SendResult.accepted("x-" + message.key())
                        : message.attempt() == 1 ? SendResult.unknown("no-answer", "cut") : then);
        member.start();
        var lost =
                member.taken(
                        Reply.of(
                                conversation,
                                Member.text("lost").timeToLive(Duration.ofMinutes(5))));
        awaitState(lost, State.UNKNOWN);
        clock.advance(Duration.ofSeconds(61));
        awaitState(lost, State.QUEUED);
        return lost;
    }

    private void awaitState(Interaction interaction, State state) {
        await().untilAsserted(() -> assertThat(member.state(interaction)).isEqualTo(state));
    }

    private void awaitTexts(String... texts) {
        await().untilAsserted(() -> assertThat(channel.texts()).containsExactly(texts));
    }

    private void assertUnknownForGood(Interaction lost, String why) {
        await().untilAsserted(() ->
                assertThat(member.receipts(lost))
                        .singleElement()
                        .returns(Status.UNKNOWN, Content.Receipt::status));
        assertThat(member.state(lost)).isEqualTo(State.UNKNOWN);
        var reason = member.receipts(lost).getFirst().reason();
        assertThat(reason).isNotNull();
        assertThat(reason.code()).isEqualTo(SentAgain.CODE);
        assertThat(reason.text()).contains(why);
        assertThat(letters()).isEmpty();
    }

    private List<DeadLetters.DeadLetter> letters() {
        return member.journal.deadLetters().page(DeadLetters.Query.ALL, Long.MAX_VALUE, 100);
    }

    @Test
    @DisplayName("a receipt that comes before a message goes out again keeps it from going")
    void reportedMeanwhile() throws InterruptedException {
        var lost = sentAgain(SendResult.accepted("x"));
        var next = member.reply(conversation, "next");

        member.receipt(conversation, lost.id(), Content.receipt(Status.DELIVERED));
        clock.advance(Duration.ofSeconds(5));

        awaitState(next, State.ACCEPTED);
        assertThat(member.state(lost)).isEqualTo(State.ACCEPTED);
        assertThat(channel.texts()).containsExactly("lost", "next");
        assertThat(member.receipts(lost))
                .extracting(Content.Receipt::status)
                .containsExactly(Status.DELIVERED);
    }

    @Test
    @DisplayName("a receipt that comes while it is about to begin keeps it from going, too")
    void reportedWhileItBegins() throws InterruptedException {
        var lost = sentAgain(SendResult.accepted("x"));
        var found = Carriage.of(member.send(lost), member.journal).orElseThrow();
        var begins = Reported.notYet(found, member.journal);
        member.receipt(conversation, lost.id(), Content.receipt(Status.DELIVERED));

        var stale = member.journal.append(sending(lost, begins)).join();

        assertThat(stale).isInstanceOf(Commit.Stale.class);
        assertThat(member.state(lost)).isEqualTo(State.QUEUED);
    }

    private Unit sending(Interaction lost, List<Expect> begins) {
        var moves = Moves.sending(member.send(lost), 1, clock.instant());
        return Settlement.moved(moves, begins);
    }

    @Test
    @DisplayName("a message that is refused when it goes out again may have arrived: it is unknown")
    void refused() throws InterruptedException {
        var lost = sentAgain(SendResult.rejected("blocked", "not to this number"));
        var next = member.reply(conversation, "next");

        clock.advance(Duration.ofSeconds(5));

        awaitState(next, State.ACCEPTED);
        assertUnknownForGood(lost, "not to this number");
        assertThat(channel.texts()).containsExactly("lost", "lost", "next");
    }

    @Test
    @DisplayName("what receipts say of an earlier attempt counts when a later one is refused")
    void refusedAndReported() throws InterruptedException {
        var lost = sentAgain(SendResult.rejected("blocked", "not to this number"));
        channel.answers(message -> {
            member.receipt(conversation, lost.id(), Content.receipt(Status.SENT));
            return SendResult.rejected("blocked", "not to this number");
        });

        clock.advance(Duration.ofSeconds(5));

        awaitState(lost, State.ACCEPTED);
        assertThat(member.receipts(lost))
                .extracting(Content.Receipt::status)
                .containsExactly(Status.SENT);
        assertThat(letters()).isEmpty();
    }

    @Test
    @DisplayName(
            "a message whose time is over while it waits to go out again is unknown, not expired, also after a restart")
    void expired() throws InterruptedException {
        var lost = sentAgain(SendResult.accountStopped("no-credit", "the account is empty"));
        clock.advance(Duration.ofSeconds(5));
        awaitState(lost, State.HELD);

        member.close();
        member = member().start();
        awaitTexts("lost", "lost", "lost");
        awaitState(lost, State.HELD);
        clock.advance(Duration.ofMinutes(6));

        assertUnknownForGood(lost, "within its time");
    }

    @Test
    @DisplayName("a message that could be tried again only after its time is unknown, not expired")
    void triedTooLate() throws InterruptedException {
        var hour = Duration.ofHours(1);
        var lost = sentAgain(SendResult.retry(hour, Scope.ADDRESS, "slow", "slow down"));

        clock.advance(Duration.ofSeconds(5));

        assertUnknownForGood(lost, "slow down");
        assertThat(channel.texts()).containsExactly("lost", "lost");
    }

    @Test
    @DisplayName("what was surely never taken fails as ever when its time is over")
    void neverTaken() throws InterruptedException {
        channel.answers(_ -> SendResult.accountStopped("no-credit", "the account is empty"));
        member.start();
        var held =
                member.taken(
                        Reply.of(
                                conversation,
                                Member.text("held").timeToLive(Duration.ofMinutes(5))));
        awaitState(held, State.HELD);

        clock.advance(Duration.ofMinutes(6));

        awaitState(held, State.EXPIRED);
        assertThat(letters()).hasSize(1);
    }
}
