package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Unit;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("an echo of what our side sent")
final class EchoTest extends InboundTest {

    private Sweep sweep;

    @BeforeEach
    void begin() {
        sweep = new Sweep(journal.staged(), clock);
        pager.say(
                "echo",
                from -> List.of(PagerService.text(from, "our words").id("m1").ours(Actor.SYSTEM)));
        stored("k1|+1|hello");
    }

    /// A reply that is being sent at this moment.
    private Interaction sending(Outbox.State state) {
        var customer = last();
        var reply =
                customer.toBuilder()
                        .id(TimeOrderedIds.system().interaction())
                        .direction(Direction.OUTBOUND)
                        .actor(Actor.agent("anna", "Anna"))
                        .contents(Content.text("our words"))
                        .fallbackText(null)
                        .build();
        journal.write(
                Unit.of(
                        Envelope.append(reply, Change.Weight.FROM_US),
                        new Change.Enqueue(
                                reply.id() + "-1",
                                reply.id(),
                                reply.conversation(),
                                account.id(),
                                1,
                                1,
                                Outbox.Priority.NORMAL,
                                now.plusSeconds(600))));
        move(reply, state);
        return reply;
    }

    private void move(Interaction reply, Outbox.State state) {
        long id = journal.real().outbox().of(reply.id()).getFirst().id();
        journal.write(
                Unit.of(
                        new Change.MoveSend(
                                id,
                                state,
                                1,
                                1,
                                state == Outbox.State.UNKNOWN ? now.plusSeconds(60) : null,
                                null)));
    }

    /// The provider has answered the send, as the outbound room writes it down.
    private void answered(Interaction reply, String externalId) {
        var items = new ArrayList<Item>();
        items.add(
                new Item(
                        null,
                        List.of(),
                        List.of(
                                new Change.BindReference(
                                        account.id(), externalId, reply.id(), 0))));
        items.addAll(
                new Parking(journal.real())
                        .take(account.id(), externalId, reply.id(), 0, reply.conversation(), null));
        journal.write(new Unit(items));
        move(reply, Outbox.State.ACCEPTED);
    }

    @Test
    @DisplayName("waits for the answer to the send that is under way, and is nothing new then")
    void own() {
        var reply = sending(Outbox.State.SENDING);
        stored("k2|+1|echo");
        assertThat(log()).hasSize(2);
        assertThat(parked()).hasSize(1);

        answered(reply, "m1");

        assertThat(parked()).isEmpty();
        assertThat(log()).extracting(Interaction::id).endsWith(reply.id());
        stored("k3|+1|echo");
        later(Duration.ofMinutes(2));
        sweep.sweep();
        assertThat(log()).hasSize(2);
    }

    @Test
    @DisplayName("is found by the sweep where a crash came between answer and echo")
    void crashed() {
        var reply = sending(Outbox.State.UNKNOWN);
        stored("k2|+1|echo");
        assertThat(parked()).hasSize(1);
        journal.write(Unit.of(new Change.BindReference(account.id(), "m1", reply.id(), 0)));

        later(Duration.ofMinutes(2));
        sweep.sweep();

        assertThat(parked()).isEmpty();
        assertThat(log()).hasSize(2);
    }

    @Test
    @DisplayName("is stored as a colleague's word where it proves to be of another send")
    void foreign() {
        var reply = sending(Outbox.State.SENDING);
        stored("k2|+1|echo");
        later(Duration.ofMinutes(2));
        sweep.sweep();
        assertThat(log()).hasSize(2);

        answered(reply, "m7");
        sweep.sweep();

        assertThat(parked()).isEmpty();
        assertThat(log()).hasSize(3);
        assertThat(last().direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(last().conversation()).isEqualTo(reply.conversation());
        assertThat(last().fallbackText()).isEqualTo("our words");
        assertThat(journal.real().directory().reference(account.id(), "m1"))
                .hasValueSatisfying(
                        known -> assertThat(known.interaction()).isEqualTo(last().id()));
        assertThat(journal.real().log().raw(last().id())).isPresent();
        stored("k3|+1|echo");
        assertThat(log()).hasSize(3);
    }

    @Test
    @DisplayName("is stored at once where nothing of ours is under way to that end")
    void nothingUnderWay() {
        sending(Outbox.State.QUEUED);
        stored("k2|+1|echo");
        assertThat(log()).hasSize(3);

        stored("k4|+2|hello");
        sending(Outbox.State.SENDING);
        pager.say(
                "other",
                from -> List.of(PagerService.text(from, "more").id("m2").ours(Actor.SYSTEM)));
        stored("k5|+1|other");
        assertThat(last().fallbackText()).isEqualTo("more");
        assertThat(parked()).isEmpty();
    }

    @Test
    @DisplayName("is recognised where the answer is written between reading and writing")
    void race() {
        var reply = sending(Outbox.State.SENDING);
        journal.beforeNext =
                () ->
                        journal.write(
                                Unit.of(
                                        List.of(new Expect.ReferenceUnknown(account.id(), "m1")),
                                        List.of(
                                                new Change.BindReference(
                                                        account.id(), "m1", reply.id(), 0))));
        stored("k2|+1|echo");

        assertThat(parked()).isEmpty();
        assertThat(log()).hasSize(2);
    }
}
