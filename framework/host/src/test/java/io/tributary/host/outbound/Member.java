package io.tributary.host.outbound;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.accounts.OwnSlots;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Account;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of a member over a journal: its replies and dispatchers, and what other rooms would do.
final class Member implements AutoCloseable {

    static final Actor ANNA = Actor.agent("anna", "Anna");
    static final Actor BOB = Actor.agent("bob", "Bob");

    static final Pace PACE =
            new Pace(
                    Duration.ofMillis(5),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(2),
                    Duration.ofHours(1),
                    Duration.ofMillis(300),
                    Duration.ofMillis(5));

    static final Terms TERMS =
            new Terms(
                    Duration.ofDays(1),
                    (file, ends) ->
                            URI.create(
                                    "https://files.example/" + file + "/" + ends.getEpochSecond()),
                    Duration.ofDays(7));

    final FrailJournal journal;
    final InstantSource clock;
    final TimeOrderedIds ids;
    final TestAccount.Registry accounts = new TestAccount.Registry();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Dispatchers dispatchers;
    final Replies replies;

    Member(Journal underneath, InstantSource clock, Account channel) {
        this(underneath, clock, channel, PACE);
    }

    Member(Journal underneath, InstantSource clock, Account channel, Pace pace) {
        this(underneath, clock, channel, pace, Wires.NONE, 10_000);
    }

    /// @param wires on which is sent where the channel itself sends nothing
    /// @param most how many sends are held in memory
    Member(
            Journal underneath,
            InstantSource clock,
            Account channel,
            Pace pace,
            Wires wires,
            int most) {
        this(underneath, clock, channel, pace, wires, most, Set.of());
    }

    /// @param atLeastOnce accounts that would rather have a message twice than not at all
    Member(
            Journal underneath,
            InstantSource clock,
            Account channel,
            Pace pace,
            Wires wires,
            int most,
            Set<AccountId> atLeastOnce) {
        this.journal = new FrailJournal(underneath);
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
        accounts.open(new TestAccount(channel));
        long epoch = underneath.nextEpoch();
        this.dispatchers =
                new Dispatchers(
                        journal,
                        accounts,
                        wires,
                        new OwnSlots(epoch),
                        this::parked,
                        epoch,
                        ids,
                        clock,
                        meters,
                        pace,
                        atLeastOnce,
                        most);
        this.replies = new Replies(journal, accounts, dispatchers, ids, clock, TERMS);
    }

    Member start() {
        dispatchers.start();
        return this;
    }

    /// A customer writes for the first time.
    ConversationId conversation(String address) {
        var customer = ids.customer();
        var id = ids.conversation();
        done(
                new Change.AddCustomer(customer, null, clock.instant()),
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
        customerSays(id, "hello");
        return id;
    }

    /// @return the position
    long customerSays(ConversationId conversation, String text) {
        var interaction =
                envelope(conversation)
                        .direction(Direction.INBOUND)
                        .contents(Content.text(text))
                        .build();
        return append(interaction, Change.Weight.FROM_CUSTOMER);
    }

    /// The provider reports by itself.
    void receipt(ConversationId conversation, InteractionId about, Content.Receipt receipt) {
        var interaction =
                envelope(conversation)
                        .direction(Direction.INBOUND)
                        .target(Target.known(about))
                        .contents(receipt)
                        .build();
        done(
                Writing.append(interaction, Change.Weight.QUIET),
                new Change.Advance(
                        about, 0, "", receipt.status(), receipt.reason(), clock.instant()));
    }

    io.tributary.model.InteractionBuilder envelope(ConversationId conversation) {
        var stored = journal.conversations().byId(conversation).orElseThrow();
        return Interaction.builder()
                .id(ids.interaction())
                .conversation(conversation)
                .customer(stored.customer())
                .channel(stored.channel())
                .account(stored.account())
                .line(stored.line())
                .address(stored.address())
                .receivedAt(clock.instant());
    }

    long append(Interaction interaction, Change.Weight weight) {
        var results = done(Writing.append(interaction, weight));
        return ((Commit.Result.Stored) results.getFirst()).first();
    }

    List<Commit.Result> done(Change... changes) {
        return journal.append(Unit.of(changes)).join().need();
    }

    CustomerId customer(ConversationId conversation) {
        return journal.conversations().byId(conversation).orElseThrow().customer();
    }

    static Draft draft(Content... contents) {
        return Draft.of(ANNA, Part.of(contents));
    }

    static Draft text(String text) {
        return draft(Content.text(text));
    }

    /// A reply that is expected to be taken.
    Interaction reply(ConversationId conversation, Content... contents)
            throws InterruptedException {
        return taken(Reply.of(conversation, draft(contents)));
    }

    Interaction reply(ConversationId conversation, String text) throws InterruptedException {
        return reply(conversation, Content.text(text));
    }

    Interaction taken(Reply reply) throws InterruptedException {
        return switch (replies.post(reply)) {
            case Posted.Taken(var interaction, _) -> interaction;
            case Posted.Refused refused -> throw new AssertionError("refused: " + refused);
        };
    }

    Outbox.Send send(Interaction interaction) {
        return journal.outbox().of(interaction.id()).getFirst();
    }

    Outbox.State state(Interaction interaction) {
        return send(interaction).state();
    }

    List<Content.Receipt> receipts(Interaction about) {
        return rows().stream()
                .filter(row -> row.type().equals("receipt"))
                .map(Bodies::of)
                .filter(receipt ->
                        receipt.target() instanceof Target.Known known
                                && known.interaction().equals(about.id()))
                .map(receipt -> (Content.Receipt) receipt.content())
                .toList();
    }

    List<Row> rows() {
        return journal.log().after(0, io.tributary.host.journal.Filter.ALL, 100_000).rows();
    }

    double counted(String result) {
        var counter = meters.find("tributary.outbound.results").tag("result", result).counter();
        return counter == null ? 0 : counter.count();
    }

    /// What parks receipts here: the status alone, as text.
    void park(String externalId, Content.Receipt.Status status) {
        done(
                new Change.Park(
                        TestAccount.ID, externalId, clock.instant(), Bytes.utf8(status.name())));
    }

    private List<Item> parked(
            AccountId account,
            String externalId,
            InteractionId about,
            int part,
            ConversationId conversation,
            @Nullable String used) {
        var items = new ArrayList<Item>();
        for (var one : journal.directory().parked(account, externalId)) {
            var status = Content.Receipt.Status.valueOf(one.body().utf8());
            var interaction =
                    envelope(conversation)
                            .direction(Direction.INBOUND)
                            .target(Target.known(about, part))
                            .contents(Content.receipt(status))
                            .build();
            items.add(
                    new Item(
                            null,
                            List.of(new Expect.StillParked(one.id())),
                            List.of(
                                    new Change.Unpark(one.id()),
                                    Writing.append(interaction, Change.Weight.QUIET),
                                    new Change.Advance(
                                            about, part, "", status, null, one.receivedAt()))));
        }
        return items;
    }

    /// kill -9: nothing of this run reaches the journal any more.
    void crash() {
        journal.crash();
        accounts.open(null);
        Thread.startVirtualThread(dispatchers::close);
    }

    @Override
    public void close() {
        dispatchers.close();
    }
}
