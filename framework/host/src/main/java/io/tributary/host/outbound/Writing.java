package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionBuilder;
import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the interaction of a draft and the changes that store it.
final class Writing {

    private static final int TAKEN = 202;

    private final TimeOrderedIds ids;
    private final InstantSource clock;
    private final Duration usualLife;

    /// @param usualLife after which a send is of no use where its draft does not say
    Writing(TimeOrderedIds ids, InstantSource clock, Duration usualLife) {
        this.ids = ids;
        this.clock = clock;
        this.usualLife = usualLife;
    }

    Instant now() {
        return clock.instant();
    }

    /// Where an interaction is put.
    record Place(
            ConversationId conversation,
            CustomerId customer,
            ChannelId channel,
            AccountId account,
            Ends ends,
            @Nullable String thread) {}

    /// A builder with all that a draft says, without parts and direction.
    InteractionBuilder begin(Draft draft, Place place) {
        var begun =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(place.conversation())
                        .customer(place.customer())
                        .channel(place.channel())
                        .account(place.account())
                        .line(place.ends().line())
                        .address(place.ends().address())
                        .thread(place.thread())
                        .actor(draft.actor())
                        .receivedAt(clock.instant())
                        .traceparent(draft.traceparent())
                        .extensions(draft.extensions());
        PriorityMark.put(begun, draft.priority());
        return begun;
    }

    /// The interaction with what the gate let through.
    static Interaction finish(InteractionBuilder begun, Gate.Passed passed) {
        begun.direction(Direction.OUTBOUND).parts(passed.parts());
        if (!passed.degraded().isNothing()) {
            begun.extension(Degraded.EXTENSION, passed.degraded().json());
        }
        return begun.build();
    }

    static Change.Append append(Interaction interaction, Change.Weight weight) {
        return new Change.Append(
                interaction.id(),
                interaction.conversation(),
                interaction.customer(),
                interaction.channel(),
                interaction.account(),
                interaction.direction(),
                interaction.type(),
                weight,
                interaction.receivedAt(),
                Bodies.of(interaction));
    }

    /// One row of the outbox per send, its key known as external id from the first moment on.
    List<Change> sends(
            Interaction interaction, ConversationId conversation, Draft draft, Gate.Passed passed) {
        var groups = Grouping.of(passed.parts(), passed.together(), passed.degraded());
        var asked = draft.timeToLive();
        var expiresAt = interaction.receivedAt().plus(asked == null ? usualLife : asked);
        var changes = new ArrayList<>(uses(interaction));
        for (var group : groups) {
            var key = SendKey.of(interaction.id(), group.first());
            changes.add(
                    new Change.Enqueue(
                            key,
                            interaction.id(),
                            conversation,
                            interaction.account(),
                            group.first(),
                            group.count(),
                            draft.priority(),
                            expiresAt));
            changes.add(
                    new Change.BindReference(
                            interaction.account(),
                            key,
                            interaction.id(),
                            groups.size() == 1 ? 0 : group.first()));
        }
        return changes;
    }

    /// Files that are sent are not old, however long they have been kept.
    private static List<Change> uses(Interaction interaction) {
        var uses = new ArrayList<Change>();
        for (var part : interaction.parts()) {
            Shelf.media(part.content())
                    .forEach(media ->
                            uses.add(new Change.UseMedia(media, interaction.receivedAt())));
        }
        return uses;
    }

    static List<Expect> once(Draft draft) {
        var idempotency = draft.idempotency();
        return idempotency == null
                ? List.of()
                : List.of(new Expect.KeyUnused(idempotency.principal(), idempotency.key()));
    }

    static List<Change> answer(Draft draft, Interaction interaction, Instant at) {
        var idempotency = draft.idempotency();
        return idempotency == null
                ? List.of()
                : List.of(
                        new Change.KeepAnswer(
                                idempotency.principal(),
                                idempotency.key(),
                                idempotency.fingerprint(),
                                TAKEN,
                                Bytes.utf8(interaction.id().toString()),
                                at));
    }
}
