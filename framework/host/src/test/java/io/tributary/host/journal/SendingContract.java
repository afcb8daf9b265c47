package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.host.journal.Outbox.Priority;
import io.tributary.host.journal.Outbox.Send;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Bytes;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sends, receipts, references and what waits for them.
abstract class SendingContract extends JournalContract {

    private static final Instant EXPIRES = Samples.AT.plus(Duration.ofHours(4));

    SendingContract(Opening opening) {
        super(opening);
    }

    private InteractionId send(ConversationId conversation, String key) {
        return send(conversation, key, Priority.NORMAL);
    }

    private InteractionId send(ConversationId conversation, String key, Priority priority) {
        Change.Append message =
                Samples.append(conversation, Change.Weight.FROM_US, Samples.AT, "answer");
        store(
                message,
                new Change.Enqueue(
                        key, message.id(), conversation, Samples.ACCOUNT, 1, 2, priority, EXPIRES));
        return message.id();
    }

    private Send only(InteractionId interaction) {
        List<Send> sends = journal.outbox().of(interaction);
        assertThat(sends).hasSize(1);
        return sends.getFirst();
    }

    @Test
    @DisplayName("a send goes through its states, and only from the one that was read")
    void sendStates() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        InteractionId id = send(conversation, "key-1");
        Send queued = only(id);
        assertThat(queued)
                .isEqualTo(
                        new Send(
                                queued.id(),
                                "key-1",
                                id,
                                1,
                                conversation,
                                Samples.ACCOUNT,
                                1,
                                2,
                                Priority.NORMAL,
                                State.QUEUED,
                                0,
                                0,
                                null,
                                clock.instant(),
                                null,
                                EXPIRES,
                                null));
        var expected = new Expect.SendIs(queued.id(), State.QUEUED, 0, 0, false);
        var move = new Change.MoveSend(queued.id(), State.SENDING, 1, 7, null, null);

        assertThat(append(Unit.of(List.of(expected), List.of(move))))
                .isInstanceOf(Commit.Done.class);
        assertThat(append(Unit.of(List.of(expected), List.of(move))))
                .isEqualTo(new Commit.Stale(0, expected));
        assertThat(only(id).firstTriedAt()).isEqualTo(clock.instant());
        assertThat(pending()).containsExactly(queued.id());

        clock.move(Duration.ofMinutes(1));
        Instant again = clock.instant().plusSeconds(60);
        var reason = Reason.of("timeout", "no answer");
        store(new Change.MoveSend(queued.id(), State.UNKNOWN, 1, 7, again, reason));
        assertThat(pending()).containsExactly(queued.id());
        assertThat(only(id).reason()).isEqualTo(reason);
        assertThat(only(id).notBefore()).isEqualTo(again);
        assertThat(only(id).firstTriedAt()).isEqualTo(Samples.AT);

        var undecided = Expect.SendIs.as(only(id));
        var givenUp = new Change.MoveSend(queued.id(), State.UNKNOWN, 1, 7, null, reason);
        assertThat(append(Unit.of(List.of(undecided), List.of(givenUp))))
                .isInstanceOf(Commit.Done.class);
        // two that give it up say so once
        assertThat(append(Unit.of(List.of(undecided), List.of(givenUp))))
                .isEqualTo(new Commit.Stale(0, undecided));
        assertThat(pending()).isEmpty();
        assertThat(journal.outbox().counts()).containsEntry(State.UNKNOWN, 1L).hasSize(4);
        assertThatThrownBy(() -> store(new Change.MoveSend(99, State.QUEUED, 0, 0, null, null)))
                .hasCauseInstanceOf(UnitRefused.class);
    }

    private List<Long> pending() {
        return journal.outbox().pending(Samples.ACCOUNT, 0, 10).stream().map(Send::id).toList();
    }

    @Test
    @DisplayName("pending sends are paged in order")
    void pendingSends() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(only(send(conversation, "key-" + i)).id());
        }
        store(new Change.MoveSend(ids.get(1), State.HELD, 1, 1, null, null));
        store(new Change.MoveSend(ids.get(2), State.ACCEPTED, 1, 1, null, null));

        assertThat(journal.outbox().pending(Samples.ACCOUNT, ids.getFirst(), 2))
                .extracting(Send::id)
                .containsExactly(ids.get(1), ids.get(3));
        assertThatThrownBy(() -> send(conversation, "key-1")).hasCauseInstanceOf(UnitRefused.class);
    }

    @Test
    @DisplayName("what is pending is found behind the bulk, and with what goes before it")
    void pendingByPriority() {
        ConversationId one = Samples.conversation(journal, "+1");
        ConversationId other = Samples.conversation(journal, "+2");
        long bulk = only(send(one, "key-1", Priority.BULK)).id();
        long before = only(send(other, "key-2", Priority.BULK)).id();
        long normal = only(send(other, "key-3", Priority.NORMAL)).id();
        long done = only(send(one, "key-4", Priority.NORMAL)).id();
        store(new Change.MoveSend(done, State.ACCEPTED, 1, 1, null, null));

        Outbox outbox = journal.outbox();
        assertThat(pending()).containsExactly(bulk, before, normal);
        assertThat(outbox.pendingFirst(Samples.ACCOUNT, 0, 10))
                .singleElement()
                .returns(normal, Send::id)
                .returns(Priority.NORMAL, Send::priority);
        assertThat(outbox.pendingFirst(Samples.ACCOUNT, normal, 10)).isEmpty();
        assertThat(outbox.pendingIn(other, Samples.ACCOUNT, 10))
                .extracting(Send::id, Send::priority)
                .containsExactly(tuple(before, Priority.BULK), tuple(normal, Priority.NORMAL));
        assertThat(outbox.pendingIn(other, Samples.ACCOUNT, 1))
                .extracting(Send::id)
                .containsExactly(before);
        assertThat(outbox.pendingIn(one, Samples.ACCOUNT, 10))
                .extracting(Send::id)
                .containsExactly(bulk);
    }

    @Test
    @DisplayName("an interaction that was stored earlier can be sent")
    void sendLater() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        Change.Append message = Samples.message(conversation);
        store(message);
        store(Samples.message(conversation));
        store(
                new Change.Enqueue(
                        "key",
                        message.id(),
                        conversation,
                        Samples.ACCOUNT,
                        1,
                        1,
                        Priority.NORMAL,
                        EXPIRES));

        assertThat(only(message.id()).position()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} then {1}: {2}")
    @CsvSource({
        "SENT, DELIVERED, DELIVERED",
        "DELIVERED, SENT, DELIVERED",
        "DELIVERED, FAILED, DELIVERED",
        "FAILED, DELIVERED, DELIVERED",
        "FAILED, SENT, FAILED",
        "READ, DELIVERED, READ",
        "UNKNOWN, ACCEPTED, ACCEPTED",
        "SENT, UNKNOWN, SENT"
    })
    @DisplayName("delivery only moves forward, however receipts arrive")
    void forwardOnly(Status first, Status second, Status result) {
        InteractionId id = send(Samples.conversation(journal, "+1"), "key");
        advance(id, 1, first, null);
        advance(id, 1, second, null);

        assertThat(journal.outbox().deliveries(id))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.status()).isEqualTo(result));
    }

    @Test
    @DisplayName("a failure keeps its code when a later one has none, and loses it when it arrived")
    void failureCodes() {
        InteractionId id = send(Samples.conversation(journal, "+1"), "key");
        var reason = Reason.of("30003", "unreachable");
        advance(id, 1, Status.FAILED, null);
        advance(id, 1, Status.FAILED, reason);
        advance(id, 1, Status.FAILED, null);
        advance(id, 1, Status.FAILED, Reason.of("other", ""));
        assertThat(journal.outbox().deliveries(id))
                .extracting(Outbox.Delivery::reason)
                .containsExactly(reason);

        advance(id, 1, Status.DELIVERED, null);
        assertThat(journal.outbox().deliveries(id))
                .containsExactly(
                        new Outbox.Delivery(1, "", Status.DELIVERED, null, clock.instant()));
    }

    @Test
    @DisplayName("what rests on parts that have not arrived is stale once one of them has")
    void notArrived() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        InteractionId id = send(conversation, "key");
        InteractionId other = send(conversation, "other");
        var expect = new Expect.NotArrived(id, Set.of(0, 2, 11));
        var unit =
                Unit.of(
                        List.of(expect),
                        List.of(new Change.AddAudit("ops", "look", "parts", "", Samples.AT)));
        advance(id, 1, Status.DELIVERED, null);
        advance(id, 2, Status.FAILED, null);
        advance(id, 0, Status.SENT, null);
        advance(other, 2, Status.READ, null);
        assertThat(append(unit)).isInstanceOf(Commit.Done.class);

        advance(id, 11, Status.READ, null);

        assertThat(append(unit)).isEqualTo(new Commit.Stale(0, expect));
    }

    private void advance(InteractionId id, int part, Status status, @Nullable Reason reason) {
        store(new Change.Advance(id, part, "", status, reason, clock.instant()));
    }

    @ParameterizedTest(name = "part {0}, {1}: {2}")
    @CsvSource({
        "1, DELIVERED, ACCEPTED",
        "2, FAILED, REJECTED",
        "0, SENT, ACCEPTED",
        "3, SENT, UNKNOWN",
        "1, UNKNOWN, UNKNOWN"
    })
    @DisplayName("a receipt settles the send of unknown outcome that it is about")
    void settles(int part, Status status, State result) {
        InteractionId id = send(Samples.conversation(journal, "+1"), "key");
        store(new Change.MoveSend(only(id).id(), State.UNKNOWN, 1, 1, EXPIRES, null));

        advance(id, part, status, null);

        assertThat(only(id).state()).isEqualTo(result);
    }

    @Test
    @DisplayName("a receipt leaves sends alone whose outcome is known")
    void settlesOnlyUnknown() {
        InteractionId id = send(Samples.conversation(journal, "+1"), "key");
        advance(id, 1, Status.FAILED, null);

        assertThat(only(id).state()).isEqualTo(State.QUEUED);
    }

    @Test
    @DisplayName("a provider's id is found, the first binding wins, and tells the conversation")
    void references() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        Change.Append first = Samples.message(conversation);
        Change.Append second = Samples.message(conversation);
        store(first, Samples.reference("x", first.id()), Samples.reference("y", first.id()));
        store(second, Samples.reference("x", second.id()));

        for (boolean again : new boolean[] {false, true}) {
            var expected =
                    new Directory.Reference(Samples.ACCOUNT, "x", first.id(), 1, conversation);
            assertThat(journal.directory().reference(Samples.ACCOUNT, "x")).contains(expected);
            assertThat(journal.directory().reference(Samples.ACCOUNT, "z")).isEmpty();
            assertThat(journal.directory().references(first.id()))
                    .extracting(Directory.Reference::externalId)
                    .containsExactly("x", "y");
            assertThat(journal.directory().references(second.id())).isEmpty();
            var unknown = new Expect.ReferenceUnknown(Samples.ACCOUNT, "x");
            assertThat(append(Unit.of(List.of(unknown), List.of())))
                    .isEqualTo(new Commit.Stale(0, unknown));
            if (!again) {
                reopen();
            }
        }
    }

    @Test
    @DisplayName("what is parked waits, in order, until it is taken")
    void parked() {
        clock.move(Duration.ofMinutes(1));
        store(park("x", 1), park("x", 2), park("y", 3));
        reopen();
        List<Directory.Parked> waiting = journal.directory().parked(Samples.ACCOUNT, "x");
        assertThat(waiting)
                .extracting(one -> one.body().utf8())
                .containsExactly("receipt 1", "receipt 2");
        var nothing = new Expect.NothingParked(Samples.ACCOUNT, "x");
        assertThat(append(Unit.of(List.of(nothing), List.of())))
                .isEqualTo(new Commit.Stale(0, nothing));

        long id = waiting.getFirst().id();
        var still = new Expect.StillParked(id);
        var take = Unit.of(List.of(still), List.of(new Change.Unpark(id)));
        assertThat(append(take)).isInstanceOf(Commit.Done.class);
        assertThat(append(take)).isEqualTo(new Commit.Stale(0, still));
        assertThat(journal.directory().parkedBefore(Samples.AT.plusSeconds(3), 0, 10))
                .extracting(Directory.Parked::id)
                .containsExactly(waiting.get(1).id());
        store(new Change.Unpark(waiting.get(1).id()));
        assertThat(append(Unit.of(List.of(nothing), List.of()))).isInstanceOf(Commit.Done.class);
        assertThat(journal.directory().parked(Samples.ACCOUNT, "y")).hasSize(1);
    }

    private static Change.Park park(String externalId, int number) {
        return new Change.Park(
                Samples.ACCOUNT,
                externalId,
                Samples.AT.plusSeconds(number),
                Bytes.utf8("receipt " + number));
    }

    @Test
    @DisplayName("a receipt and its message that race always meet")
    void receiptsMeetTheirMessages() throws Exception {
        int pairs = 200;
        var matched = new AtomicInteger();
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                String key = "x" + i;
                all.add(CompletableFuture.runAsync(() -> message(key, matched), threads));
                all.add(CompletableFuture.runAsync(() -> receipt(key, matched), threads));
            }
            all.forEach(CompletableFuture::join);
        }

        assertThat(matched).hasValue(pairs);
        assertThat(journal.directory().parkedBefore(Instant.MAX, 0, 10)).isEmpty();
    }

    /// As the rooms do it: read, decide, say what was read, and once more where it changed.
    private void message(String key, AtomicInteger matched) {
        while (true) {
            List<Directory.Parked> waiting = journal.directory().parked(Samples.ACCOUNT, key);
            Change.Append message = Samples.message(null);
            List<Expect> expects = new ArrayList<>();
            List<Change> changes = new ArrayList<>();
            changes.add(message);
            changes.add(Samples.reference(key, message.id()));
            if (waiting.isEmpty()) {
                expects.add(new Expect.NothingParked(Samples.ACCOUNT, key));
            }
            for (Directory.Parked one : waiting) {
                expects.add(new Expect.StillParked(one.id()));
                changes.add(new Change.Unpark(one.id()));
            }
            if (append(Unit.of(expects, changes)) instanceof Commit.Done) {
                matched.addAndGet(waiting.size());
                return;
            }
        }
    }

    private void receipt(String key, AtomicInteger matched) {
        while (journal.directory().reference(Samples.ACCOUNT, key).isEmpty()) {
            var unknown = new Expect.ReferenceUnknown(Samples.ACCOUNT, key);
            if (append(Unit.of(List.of(unknown), List.of(park(key, 1)))) instanceof Commit.Done) {
                return;
            }
        }
        matched.incrementAndGet();
    }

    @Test
    @DisplayName("a reply that has not seen the latest content is stale; receipts do not count")
    void nothingNew() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        talk(conversation, 1);
        store(Samples.append(conversation, Change.Weight.QUIET, Samples.AT, "receipt"));
        var seenAll = new Expect.NothingNewAfter(conversation, 1);
        assertThat(append(Unit.of(List.of(seenAll), List.of()))).isInstanceOf(Commit.Done.class);

        store(Samples.append(conversation, Change.Weight.FROM_US, Samples.AT, "a colleague's"));
        assertThat(append(Unit.of(List.of(seenAll), List.of())))
                .isEqualTo(new Commit.Stale(0, seenAll));
    }

    @Test
    @DisplayName("a conversation is claimed by one agent at a time")
    void claims() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        var ann = claim(conversation, "ann");
        var bob = claim(conversation, "bob");
        assertThat(append(ann)).isInstanceOf(Commit.Done.class);
        assertThat(append(ann)).isInstanceOf(Commit.Done.class);
        assertThat(append(bob)).isInstanceOf(Commit.Stale.class);

        store(new Change.Claim(conversation, null, null, Samples.AT));
        assertThat(append(bob)).isInstanceOf(Commit.Done.class);
        assertThat(journal.conversations().byId(conversation).orElseThrow().claimedName())
                .isEqualTo("bob's name");
    }

    private static Unit claim(ConversationId conversation, String agent) {
        return Unit.of(
                List.of(new Expect.ClaimFree(conversation, agent)),
                List.of(new Change.Claim(conversation, agent, agent + "'s name", Samples.AT)));
    }
}
