package io.tributary.host.agents;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.TimeOrderedIds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A journal with something in it.
final class TestLog implements AutoCloseable {

    static final ChannelId PAGER = new ChannelId("pager");
    static final AccountId EAST = new AccountId("pager-east");
    static final AccountId WEST = new AccountId("pager-west");
    static final Principal EVERYBODY =
            new Principal("t1", "test", Set.of(Scope.INTERACTIONS_READ), Set.of());
    static final Principal WESTERNER =
            new Principal("t2", "west", Set.of(Scope.INTERACTIONS_READ), Set.of(WEST));

    final SqliteJournal journal;
    final TimeOrderedIds ids = TimeOrderedIds.system();

    /// An open conversation.
    record Talk(ConversationId id, CustomerId customer, AccountId account) {}

    TestLog(Path folder) {
        journal = SqliteJournal.open(folder, JournalOptions.standard());
    }

    Talk talk(AccountId account, String address) {
        var talk = new Talk(ids.conversation(), ids.customer(), account);
        commit(
                new Change.AddCustomer(talk.customer(), "Ada", Instant.now()),
                new Change.BindAddress(account, address, address, talk.customer()),
                new Change.OpenConversation(
                        talk.id(),
                        talk.customer(),
                        PAGER,
                        account,
                        "100",
                        address,
                        null,
                        null,
                        Instant.now()));
        return talk;
    }

    /// Appends one text from the customer and waits for it.
    long say(Talk talk, String text) {
        Commit.Result result = commit(append(talk, text)).getFirst();
        if (result instanceof Commit.Result.Stored stored) {
            return stored.first();
        }
        throw new AssertionError("not stored: " + result);
    }

    /// Appends many without waiting for each.
    void sayMany(Talk talk, int count) {
        List<CompletableFuture<Commit>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(journal.append(Unit.of(append(talk, "text " + i))));
        }
        all.forEach(CompletableFuture::join);
    }

    Change.Append append(Talk talk, String text) {
        Instant now = Instant.now();
        Interaction interaction =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(talk.id())
                        .customer(talk.customer())
                        .channel(PAGER)
                        .account(talk.account())
                        .line("100")
                        .address("a")
                        .direction(Direction.INBOUND)
                        .actor(Actor.CUSTOMER)
                        .occurredAt(now)
                        .receivedAt(now)
                        .contents(Content.text(text))
                        .build();
        return new Change.Append(
                interaction.id(),
                talk.id(),
                talk.customer(),
                PAGER,
                talk.account(),
                Direction.INBOUND,
                interaction.type(),
                Change.Weight.FROM_CUSTOMER,
                now,
                Bytes.wrap(InteractionJson.encode(interaction)));
    }

    List<Commit.Result> commit(Change... changes) {
        return journal.append(Unit.of(changes)).join().need();
    }

    @Override
    public void close() {
        journal.close();
    }
}
