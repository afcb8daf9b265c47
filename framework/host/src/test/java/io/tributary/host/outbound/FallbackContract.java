package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.FallbackPlans.Plan;
import io.tributary.host.journal.FallbackPlans.State;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Unit;
import io.tributary.host.outbound.FallbackCourse.Outcome;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.model.Content;
import io.tributary.model.Content.Changed;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Target;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What becomes of a message with a plan, over one kind of journal. A customer is reached at two
/// addresses of one account.
abstract class FallbackContract {

    static final Duration LIMIT = Duration.ofMinutes(5);

    final ManualClock clock = new ManualClock();
    final ScriptedChannel channel = new ScriptedChannel();
    Journal journal;
    Member member;
    Fallbacks fallbacks;
    private @Nullable FallbackWatch watch;
    ConversationId first;
    ConversationId second;

    abstract Journal journal();

    abstract void drop();

    @BeforeEach
    void open() {
        journal = journal();
        channel.can(can -> can.receipts(Status.DELIVERED, Status.READ, Status.FAILED));
        begin();
        first = member.conversation("100");
        second = another("200");
    }

    private void begin() {
        member = new Member(journal, clock, channel).start();
        fallbacks = new Fallbacks(member.journal, member.replies, member.ids, clock);
    }

    @AfterEach
    void close() throws Exception {
        if (watch != null) {
            watch.close();
        }
        member.close();
        drop();
    }

    void watched() {
        var begun = new FallbackWatch(member.journal, fallbacks, clock, Duration.ofMillis(5));
        var _ = member.journal.onCommit(begun::committed);
        begun.start();
        watch = begun;
    }

    /// Another address of the same customer, from which they have written.
    ConversationId another(String address) {
        var id = member.ids.conversation();
        var customer = member.customer(first);
        member.done(
                new Change.BindAddress(TestAccount.ID, address, address, customer),
                new Change.OpenConversation(
                        id,
                        customer,
                        TestAccount.CHANNEL,
                        TestAccount.ID,
                        "desk",
                        address,
                        null,
                        "en",
                        clock.instant()));
        member.customerSays(id, "and here");
        return id;
    }

    static FallbackPlan.Step to(@Nullable String address) {
        return new FallbackPlan.Step(
                null, address == null ? null : TestAccount.ID, null, address, LIMIT);
    }

    static FallbackPlan plan(FallbackPlan.Step... then) {
        return new FallbackPlan(Status.DELIVERED, LIMIT, List.of(then), Set.of());
    }

    Interaction post(FallbackPlan plan) throws InterruptedException {
        var posted = fallbacks.post(Reply.of(first, Member.text("come")), plan);
        return ((Posted.Taken) posted).interaction();
    }

    FallbackCourse course(Interaction of) {
        return fallbacks.of(of.id()).orElseThrow().course();
    }

    State state(Interaction of) {
        return row(of).state();
    }

    Plan row(Interaction of) {
        return fallbacks.of(of.id()).orElseThrow().plan();
    }

    List<Outcome> outcomes(Interaction of) {
        return course(of).tried().stream().map(Tried::outcome).toList();
    }

    InteractionId step(Interaction of, int index) {
        var id = course(of).tried().get(index).interaction();
        return Objects.requireNonNull(id);
    }

    /// What the conversation was told of the plan.
    List<String> told(Interaction of) {
        return notices(of).stream()
                .map(details ->
                        details.get("state")
                                + (details.containsKey("step") ? " " + details.get("step") : ""))
                .toList();
    }

    List<Map<String, String>> notices(Interaction of) {
        return member.rows().stream()
                .filter(row -> first.equals(row.conversation()) && row.type().equals("changed"))
                .map(Bodies::of)
                .filter(notice -> Target.known(of.id()).equals(notice.target()))
                .map(notice -> (Changed) notice.content())
                .filter(changed -> changed.what() == Changed.What.FALLBACK)
                .map(Changed::details)
                .toList();
    }

    void delivered(ConversationId in, InteractionId what) {
        member.receipt(in, what, Content.receipt(Status.DELIVERED));
    }

    void isAccepted(InteractionId what) {
        await().until(() -> send(what).state() == Outbox.State.ACCEPTED);
    }

    Outbox.Send send(InteractionId of) {
        return journal.outbox().of(of).getFirst();
    }

    void failsAt(String... addresses) {
        channel.answers(message ->
                Arrays.asList(addresses).contains(message.conversation().address())
                        ? SendResult.rejected("4711", "not there")
                        : SendResult.accepted("x-" + message.key()));
    }

    List<String> reached() {
        return channel.sent().stream().map(sent -> sent.conversation().address()).toList();
    }

    /// One look at the plan.
    boolean looked(Interaction of) throws InterruptedException {
        var unit = new FallbackTurn(fallbacks.means(), row(of)).decided();
        return unit.isPresent() && committed(unit.get());
    }

    private boolean committed(Unit unit) {
        return journal.append(unit).join() instanceof Commit.Done;
    }

    @Test
    @DisplayName("nothing else is tried where it arrives in time, and nobody is told")
    void arrives() throws InterruptedException {
        watched();
        var message = post(plan(to("200")));
        isAccepted(message.id());

        delivered(first, message.id());

        await().until(() -> state(message) == State.REACHED);
        clock.advance(LIMIT.multipliedBy(2));
        assertThat(row(message).dueAt()).isNull();
        assertThat(reached()).containsExactly("100");
        assertThat(told(message)).isEmpty();
    }

    @Test
    @DisplayName("the next is tried when the time is over, says so, and may double")
    void isTooLate() throws InterruptedException {
        watched();
        var message = post(plan(to(null)));
        isAccepted(message.id());

        clock.advance(LIMIT);
        await().until(() -> outcomes(message).equals(List.of(Outcome.LEFT, Outcome.WAITING)));
        var next = step(message, 1);
        isAccepted(next);
        delivered(second, next);
        await().until(() -> state(message) == State.REACHED);

        assertThat(reached()).containsExactly("100", "200");
        assertThat(told(message)).containsExactly("left 1", "begun 2", "reached 2");
        assertThat(notices(message).get(1)).containsEntry("mayDouble", "true");
        var row = journal.log().byId(next).orElseThrow();
        assertThat(row.conversation()).isEqualTo(second);
        assertThat(FallbackMark.of(Bodies.of(row)))
                .contains(
                        new FallbackMark(message.id(), 2, Status.DELIVERED, List.of(message.id())));
    }

    @Test
    @DisplayName("a receipt that comes before the next is sent takes that back")
    void arrivesBeforeTheNext() throws InterruptedException {
        var message = lateWithNextWaiting();
        watched();

        delivered(first, message.id());

        await().until(() -> state(message) == State.REACHED);
        assertThat(outcomes(message)).containsExactly(Outcome.REACHED, Outcome.CANCELLED);
        assertThat(course(message).tried()).noneMatch(Tried::doubled);
        assertThat(send(step(message, 1)).reason()).isEqualTo(Instead.ARRIVED);
        assertThat(journal.deadLetters().open()).isZero();
        clock.advance(Duration.ofHours(1));
        assertThat(reached()).containsExactly("100");
    }

    /// The first was sent and its time is over; the second waits for its first attempt, which is
    /// put off since nobody may send on the account.
    private Interaction lateWithNextWaiting() throws InterruptedException {
        var message = post(plan(to("200")));
        isAccepted(message.id());
        member.accounts.open(null);
        member.accounts.open(new TestAccount(channel));
        member.dispatchers.close();
        clock.advance(LIMIT);
        assertThat(looked(message)).isTrue();
        assertThat(send(step(message, 1)).state()).isEqualTo(Outbox.State.QUEUED);
        return message;
    }

    @Test
    @DisplayName("who sends sees by itself that the next is not needed any more")
    void isNotSent() throws InterruptedException {
        var message = lateWithNextWaiting();
        delivered(first, message.id());

        begin();

        var next = step(message, 1);
        await().until(() -> send(next).state() == Outbox.State.REJECTED);
        assertThat(send(next).reason()).isEqualTo(Instead.ARRIVED);
        assertThat(reached()).containsExactly("100");
        assertThat(looked(message)).isTrue();
        assertThat(outcomes(message)).containsExactly(Outcome.REACHED, Outcome.CANCELLED);
        assertThat(course(message).tried()).noneMatch(Tried::doubled);
    }

    @Test
    @DisplayName("a receipt between the look and the commit that begins the send stops it")
    void arrivesInBetween() throws InterruptedException {
        var message = lateWithNextWaiting();
        var next = step(message, 1);
        var once = new AtomicBoolean();
        member = new Member(journal, clock, channel);
        member.journal.refuse(unit -> {
            if (begins(unit, next) && once.compareAndSet(false, true)) {
                journal.append(Unit.of(arrived(message.id()))).join().need();
            }
            return false;
        });
        member.start();

        await().until(() -> send(next).state() == Outbox.State.REJECTED);
        assertThat(once).isTrue();
        assertThat(reached()).containsExactly("100");
    }

    private boolean begins(Unit unit, InteractionId next) {
        return unit.items().stream()
                .flatMap(item -> item.changes().stream())
                .anyMatch(change ->
                        change instanceof Change.MoveSend move
                                && move.id() == send(next).id()
                                && move.state() == Outbox.State.SENDING);
    }

    private Change arrived(InteractionId what) {
        return new Change.Advance(what, 0, "", Status.DELIVERED, null, clock.instant());
    }

    @Test
    @DisplayName("a receipt that comes after the next was sent is told as a possible double")
    void arrivesTwice() throws InterruptedException {
        watched();
        var message = post(plan(to("200")));
        isAccepted(message.id());
        clock.advance(LIMIT);
        await().until(() -> outcomes(message).size() == 2);
        isAccepted(step(message, 1));

        delivered(first, message.id());
        await().until(() -> state(message) == State.REACHED);
        delivered(second, step(message, 1));
        await().until(() -> outcomes(message).equals(List.of(Outcome.REACHED, Outcome.REACHED)));

        assertThat(course(message).tried().getFirst().doubled()).isTrue();
        assertThat(told(message)).containsExactly("left 1", "begun 2", "doubled 1", "reached 1");
        assertThat(row(message).dueAt()).isNull();
    }

    @Test
    @DisplayName("of several who look at the same moment one goes on")
    void oneActs() throws InterruptedException {
        var message = post(plan(to("200")));
        isAccepted(message.id());
        clock.advance(LIMIT);
        var units = new ArrayList<Unit>();
        for (int i = 0; i < 3; i++) {
            units.add(new FallbackTurn(fallbacks.means(), row(message)).decided().orElseThrow());
        }

        assertThat(units.stream().filter(this::committed)).hasSize(1);
        isAccepted(step(message, 1));
        assertThat(reached()).containsExactly("100", "200");
    }

    @Test
    @DisplayName("a receipt that comes while the next is decided on keeps it from being begun")
    void arrivesWhileDeciding() throws InterruptedException {
        var message = post(plan(to("200")));
        isAccepted(message.id());
        clock.advance(LIMIT);
        var unit = new FallbackTurn(fallbacks.means(), row(message)).decided().orElseThrow();

        member.done(arrived(message.id()));

        assertThat(committed(unit)).isFalse();
        assertThat(looked(message)).isTrue();
        assertThat(state(message)).isEqualTo(State.REACHED);
        assertThat(outcomes(message)).containsExactly(Outcome.REACHED);
    }

    @Test
    @DisplayName("another member goes on with it where this one is gone")
    void survives() throws InterruptedException {
        var message = post(plan(to("200")));
        isAccepted(message.id());
        member.crash();
        clock.advance(LIMIT);

        begin();
        watched();

        await().until(() -> outcomes(message).size() == 2);
        isAccepted(step(message, 1));
        assertThat(reached()).containsExactly("100", "200");
    }
}
