package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The log, conversations and their pages.
abstract class ReadingContract extends JournalContract {

    private static final Conversations.Query ALL =
            new Conversations.Query(Set.of(), null, null, Set.of(), null);

    ReadingContract(Opening opening) {
        super(opening);
    }

    @Test
    @DisplayName(
            "an interaction is read as it was written, by position and by id, with its raw event")
    void asWritten() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        Change.Append message =
                Samples.append(
                        conversation,
                        Change.Weight.FROM_US,
                        Samples.AT.plusNanos(123_456_000),
                        "h\u0000llo \uD83D\uDE00");
        store(Samples.raw("raw bytes"), message, Samples.message(conversation));

        var expected =
                new Row(
                        1,
                        message.id(),
                        conversation,
                        message.customer(),
                        Samples.CHANNEL,
                        Samples.ACCOUNT,
                        Direction.OUTBOUND,
                        "text",
                        message.receivedAt(),
                        message.body());
        assertThat(journal.log().at(1)).contains(expected);
        assertThat(journal.log().byId(message.id())).contains(expected);
        assertThat(journal.log().at(3)).isEmpty();
        assertThat(journal.log().byId(Samples.IDS.interaction())).isEmpty();
        assertThat(journal.log().raw(message.id()))
                .contains(
                        new LogReader.Raw(
                                1,
                                "message",
                                Map.of("line", Samples.LINE),
                                io.tributary.model.Bytes.utf8("raw bytes"),
                                Samples.AT,
                                false));
        assertThat(journal.log().raw(idAt(2))).isPresent();
        store(Samples.message(conversation));
        assertThat(journal.log().raw(idAt(3))).isEmpty();
    }

    private InteractionId idAt(long position) {
        return journal.log().at(position).orElseThrow().id();
    }

    @Test
    @DisplayName("a reader that goes on from where it was sees every interaction once")
    void stretches() {
        ConversationId conversation = Samples.conversation(journal, "+1");
        talk(conversation, 100);

        List<Long> seen = new ArrayList<>();
        long after = 0;
        while (after < journal.log().head()) {
            LogReader.Page page = journal.log().after(after, Filter.ALL, 7);
            seen.addAll(positions(page.rows()));
            after = page.seen();
            assertThat(page.gap()).isFalse();
        }

        assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(journal.log().after(after, Filter.ALL, 7))
                .isEqualTo(new LogReader.Page(List.of(), 100));
    }

    @Test
    @DisplayName("a filtered reader moves on where nothing passes")
    void filters() {
        ConversationId one = Samples.conversation(journal, "+1");
        ConversationId two = Samples.conversation(journal, "+2");
        for (int i = 0; i < 10; i++) {
            talk(one, 1);
            talk(two, 1);
        }
        store(Samples.append(two, Change.Weight.FROM_US, Samples.AT, "answer"));

        assertThat(positions(read(filter(two, null)))).hasSize(11).contains(2L, 20L, 21L);
        assertThat(positions(read(filter(null, Direction.OUTBOUND)))).containsExactly(21L);
        assertThat(positions(read(filter(one, Direction.OUTBOUND)))).isEmpty();
        assertThat(journal.log().after(0, filter(null, Direction.INTERNAL), 5).seen())
                .isEqualTo(21);
        assertThat(journal.log().after(0, filter(one, Direction.OUTBOUND), 50).seen())
                .isEqualTo(21);
        assertThat(
                        read(
                                new Filter(
                                        Set.of(),
                                        Set.of(new AccountId("pager-eu")),
                                        null,
                                        Set.of(),
                                        null,
                                        Set.of())))
                .isEmpty();
    }

    private static Filter filter(
            @Nullable ConversationId conversation, @Nullable Direction direction) {
        return new Filter(Set.of(), Set.of(), conversation, Set.of(), direction, Set.of());
    }

    private List<Row> read(Filter filter) {
        List<Row> rows = new ArrayList<>();
        long after = 0;
        while (after < journal.log().head()) {
            LogReader.Page page = journal.log().after(after, filter, 3);
            assertThat(page.seen()).isGreaterThan(after);
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(3);
            rows.addAll(page.rows());
            after = page.seen();
        }
        return rows;
    }

    @ParameterizedTest(name = "{0} interactions")
    @ValueSource(ints = {0, 1, 2, 3, 7, 64, 333})
    @DisplayName("a conversation is paged from both ends, and from anywhere")
    void conversationPages(int length) {
        ConversationId conversation = Samples.conversation(journal, "+1");
        ConversationId other = Samples.conversation(journal, "+2");
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            if (i % 3 == 1) {
                talk(other, 1);
            }
            talk(conversation, 1);
            expected.add(journal.log().head());
        }
        for (boolean again : new boolean[] {false, true}) {
            assertThat(forwards(conversation)).isEqualTo(expected);
            assertThat(backwards(conversation)).isEqualTo(expected);
            for (int i = 0; i < length; i += 5) {
                List<Row> after =
                        journal.conversations().interactions(conversation, expected.get(i), 4);
                assertThat(positions(after))
                        .isEqualTo(expected.subList(i + 1, Math.min(length, i + 5)));
                List<Row> before =
                        journal.conversations()
                                .interactionsBefore(conversation, expected.get(i), 4);
                assertThat(positions(before)).isEqualTo(expected.subList(Math.max(0, i - 4), i));
            }
            if (!again) {
                reopen();
            }
        }
    }

    private List<Long> forwards(ConversationId conversation) {
        List<Long> all = new ArrayList<>();
        long after = 0;
        List<Row> page = journal.conversations().interactions(conversation, after, 10);
        while (!page.isEmpty()) {
            all.addAll(positions(page));
            after = page.getLast().position();
            page = journal.conversations().interactions(conversation, after, 10);
        }
        return all;
    }

    private List<Long> backwards(ConversationId conversation) {
        List<Long> all = new ArrayList<>();
        List<Row> page =
                journal.conversations().interactionsBefore(conversation, Long.MAX_VALUE, 10);
        while (!page.isEmpty()) {
            all.addAll(0, positions(page));
            long before = page.getFirst().position();
            page = journal.conversations().interactionsBefore(conversation, before, 10);
        }
        return all;
    }

    @Test
    @DisplayName("a conversation knows when the customer said something, and where they moved")
    void said() {
        ConversationId id = Samples.conversation(journal, "+1");
        store(said(id, Change.Weight.FROM_CUSTOMER, 7200, 1));
        store(said(id, Change.Weight.MOVED, 7300, 7300));

        for (boolean again : new boolean[] {false, true}) {
            Conversation now = journal.conversations().byId(id).orElseThrow();
            assertThat(now.lastPosition()).isEqualTo(2);
            assertThat(now.lastAt()).isEqualTo(Samples.AT.plusSeconds(7300));
            assertThat(now.contentPosition()).isEqualTo(1);
            assertThat(now.customerPosition()).isEqualTo(2);
            assertThat(now.lastFromCustomer()).isEqualTo(Samples.AT.plusSeconds(1));
            if (!again) {
                reopen();
            }
        }
        // what was said before what is known already
        store(said(id, Change.Weight.FROM_CUSTOMER, 7400, 0));
        // and by a clock that is ahead
        assertThat(lastFromCustomer(id)).isEqualTo(Samples.AT.plusSeconds(1));
        store(
                said(id, Change.Weight.FROM_CUSTOMER, 7500, 9000),
                said(id, Change.Weight.QUIET, 7600, 7600));
        assertThat(lastFromCustomer(id)).isEqualTo(Samples.AT.plusSeconds(7500));
    }

    private Instant lastFromCustomer(ConversationId id) {
        return journal.conversations().byId(id).orElseThrow().lastFromCustomer();
    }

    private static Change.Append said(
            ConversationId conversation, Change.Weight weight, long receivedAt, long saidAt) {
        Change.Append bare =
                Samples.append(conversation, weight, Samples.AT.plusSeconds(receivedAt), "said");
        return Samples.said(bare, Samples.AT.plusSeconds(saidAt));
    }

    @Test
    @DisplayName("a conversation knows its last interaction, content, customer and time")
    void marks() {
        ConversationId id = Samples.conversation(journal, "+1");
        store(Samples.append(id, Change.Weight.FROM_CUSTOMER, Samples.AT.plusSeconds(1), "1"));
        store(Samples.append(id, Change.Weight.FROM_US, Samples.AT.plusSeconds(2), "2"));
        store(Samples.append(id, Change.Weight.QUIET, Samples.AT.plusSeconds(3), "3"));
        store(new Change.Claim(id, "ann", "Ann", Samples.AT));

        for (boolean again : new boolean[] {false, true}) {
            Conversation now = journal.conversations().byId(id).orElseThrow();
            assertThat(now.lastPosition()).isEqualTo(3);
            assertThat(now.lastAt()).isEqualTo(Samples.AT.plusSeconds(3));
            assertThat(now.contentPosition()).isEqualTo(2);
            assertThat(now.customerPosition()).isEqualTo(1);
            assertThat(now.lastFromCustomer()).isEqualTo(Samples.AT.plusSeconds(1));
            assertThat(now.claimedBy()).isEqualTo("ann");
            assertThat(journal.directory().open(Samples.ACCOUNT, Samples.LINE, "+1", null))
                    .contains(now);
            if (!again) {
                reopen();
            }
        }
        store(new Change.CloseConversation(id, Samples.AT.plusSeconds(9)));
        store(new Change.CloseConversation(id, Samples.AT.plusSeconds(10)));
        assertThat(journal.conversations().byId(id).orElseThrow().closedAt())
                .isEqualTo(Samples.AT.plusSeconds(9));
        assertThat(journal.directory().open(Samples.ACCOUNT, Samples.LINE, "+1", null)).isEmpty();
    }

    @Test
    @DisplayName(
            "conversations are listed by activity and filtered, also right after something happened")
    void lists() {
        List<ConversationId> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(Samples.conversation(journal, "+" + i));
            talk(ids.get(i), 1);
        }
        reopen();
        for (int i = 0; i < 25; i += 2) {
            talk(ids.get(i), 1);
        }
        store(new Change.CloseConversation(ids.get(4), Samples.AT));
        store(new Change.Claim(ids.get(7), "ann", "Ann", Samples.AT));
        List<ConversationId> expected = new ArrayList<>();
        for (int i = 24; i >= 0; i -= 2) {
            expected.add(ids.get(i));
        }
        for (int i = 23; i >= 0; i -= 2) {
            expected.add(ids.get(i));
        }

        assertThat(paged(ALL)).containsExactlyElementsOf(expected);
        var open = new Conversations.Query(Set.of(Samples.ACCOUNT), null, true, Set.of(), null);
        expected.remove(ids.get(4));
        assertThat(paged(open)).containsExactlyElementsOf(expected);
        assertThat(paged(new Conversations.Query(Set.of(), Samples.CHANNEL, false, Set.of(), null)))
                .containsExactly(ids.get(4));
        assertThat(paged(new Conversations.Query(Set.of(), null, null, Set.of(), "ann")))
                .containsExactly(ids.get(7));
        assertThat(
                        paged(
                                new Conversations.Query(
                                        Set.of(new AccountId("a"), new AccountId("b")),
                                        null,
                                        null,
                                        Set.of(),
                                        null)))
                .isEmpty();
        var customers =
                Set.of(customerOf(ids.get(3)), customerOf(ids.get(8)), customerOf(ids.get(9)));
        assertThat(paged(new Conversations.Query(Set.of(), null, null, customers, null)))
                .containsExactly(ids.get(8), ids.get(9), ids.get(3));
    }

    @Test
    @DisplayName("what happened after a position is paged in its order, some accounts left out")
    void active() {
        var conversations = new ArrayList<ConversationId>();
        for (int i = 0; i < 5; i++) {
            conversations.add(Samples.conversation(journal, "+" + i));
        }
        long before = journal.log().head();
        for (int i : new int[] {3, 1, 4, 1}) {
            journal.append(Unit.of(Samples.message(conversations.get(i)))).join().need();
        }
        var reads = journal.conversations();

        assertThat(reads.active(Set.of(), before, 9))
                .extracting(Conversation::id)
                .containsExactly(conversations.get(3), conversations.get(4), conversations.get(1));
        var first = reads.active(Set.of(), before, 2);
        assertThat(first)
                .extracting(Conversation::id)
                .containsExactly(conversations.get(3), conversations.get(4));
        assertThat(reads.active(Set.of(), first.getLast().lastPosition(), 2))
                .extracting(Conversation::id)
                .containsExactly(conversations.get(1));
        var account = first.getFirst().account();
        assertThat(reads.active(Set.of(account, AccountId.of("other")), before, 9)).isEmpty();
        assertThat(reads.active(Set.of(AccountId.of("other")), before, 9)).hasSize(3);
        assertThat(reads.active(Set.of(), journal.log().head(), 9)).isEmpty();
    }

    private io.tributary.model.CustomerId customerOf(ConversationId id) {
        return journal.conversations().byId(id).orElseThrow().customer();
    }

    private List<ConversationId> paged(Conversations.Query query) {
        List<ConversationId> all = new ArrayList<>();
        List<Conversation> page = journal.conversations().page(query, Long.MAX_VALUE, 4);
        while (!page.isEmpty()) {
            page.forEach(conversation -> all.add(conversation.id()));
            page = journal.conversations().page(query, page.getLast().lastPosition(), 4);
        }
        return all;
    }

    @Test
    @DisplayName(
            "what is old is dropped from the beginning, and its positions are never given again")
    void retention() {
        ConversationId old = Samples.conversation(journal, "+1");
        ConversationId going = Samples.conversation(journal, "+2");
        for (int i = 0; i < 700; i++) {
            Change.Append message =
                    Samples.append(
                            i % 2 == 0 || i > 600 ? going : old,
                            Change.Weight.FROM_CUSTOMER,
                            Samples.AT.plusSeconds(i),
                            "message");
            store(
                    message,
                    Samples.raw("raw"),
                    Samples.reference("ref-" + i, message.id()),
                    new Change.Advance(
                            message.id(),
                            1,
                            "",
                            io.tributary.model.Content.Receipt.Status.SENT,
                            null,
                            Samples.AT));
        }
        store(new Change.CloseConversation(old, Samples.AT));
        InteractionId gone = idAt(5);

        assertThat(journal.dropBefore(Samples.AT.plus(Duration.ofSeconds(650)))).isEqualTo(650);

        for (boolean again : new boolean[] {false, true}) {
            assertThat(journal.log().oldest()).isEqualTo(651);
            assertThat(journal.log().head()).isEqualTo(700);
            assertThat(journal.log().byId(gone)).isEmpty();
            assertThat(journal.log().raw(gone)).isEmpty();
            assertThat(journal.directory().reference(Samples.ACCOUNT, "ref-5")).isEmpty();
            assertThat(journal.directory().reference(Samples.ACCOUNT, "ref-650")).isPresent();
            assertThat(journal.outbox().deliveries(gone)).isEmpty();
            assertThat(journal.conversations().byId(old)).isEmpty();
            assertThat(positions(journal.conversations().interactions(going, 0, 100)))
                    .containsExactlyElementsOf(LongStream.rangeClosed(651, 700).boxed().toList());
            assertThat(positions(journal.conversations().interactionsBefore(going, 653, 9)))
                    .containsExactly(651L, 652L);
            assertThat(journal.log().after(10, Filter.ALL, 1).gap()).isTrue();
            assertThat(journal.log().after(650, Filter.ALL, 1).gap()).isFalse();
            if (!again) {
                reopen();
            }
        }
        assertThat(journal.dropBefore(Samples.AT.plus(Duration.ofDays(1)))).isEqualTo(50);
        assertThat(journal.log().oldest()).isEqualTo(701);
        assertThat(store(Samples.message(going))).isEqualTo(new Commit.Result.Stored(701, 1));
    }
}
