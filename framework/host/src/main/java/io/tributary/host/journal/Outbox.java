package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the sends that are to be made or were made. Blocking, thread safe.
public interface Outbox {

    enum State {
        QUEUED,
        SENDING,
        /// The account is stopped; an operator has to act.
        HELD,
        UNKNOWN,
        ACCEPTED,
        REJECTED,
        EXPIRED;

        /// Whether nothing more becomes of it. What is unknown may be settled yet.
        public boolean isFinal() {
            return switch (this) {
                case ACCEPTED, REJECTED, EXPIRED -> true;
                case QUEUED, SENDING, HELD, UNKNOWN -> false;
            };
        }
    }

    /// Which of two sends of an account goes first; within a conversation neither overtakes.
    enum Priority {
        /// Somebody waits for it.
        NORMAL,
        /// One of very many: it goes while there is nothing else to send.
        BULK
    }

    /// Sends that are not final (QUEUED, SENDING, HELD, and UNKNOWN while its lane waits), in order
    /// of id, greater than `after`.
    List<Send> pending(AccountId account, long after, int limit);

    /// Those of them that are of normal priority.
    List<Send> pendingFirst(AccountId account, long after, int limit);

    /// Those of one conversation, whatever their priority, from the first on.
    List<Send> pendingIn(ConversationId conversation, AccountId account, int limit);

    Optional<Send> byId(long id);

    List<Send> of(InteractionId interaction);

    /// How far delivery of each part got.
    List<Delivery> deliveries(InteractionId interaction);

    /// What is known of the segments of a part; empty where it has one external id at the most.
    Segments segments(InteractionId interaction, int part);

    /// The conversation with the end to which something is under way right now: what came of it is
    /// not known yet.
    ///
    /// @param address the end's primary address
    Optional<ConversationId> underWay(AccountId account, String address);

    /// Accounts that have pending sends, whether they are configured or not.
    Set<AccountId> accounts();

    /// Sends by state, those that were taken, refused or expired left out: their number grows for
    /// ever.
    Map<State, Long> counts();

    /// One send: some parts of one interaction.
    ///
    /// @param key the same in every attempt; known as external id before the first
    /// @param position of the interaction
    record Send(
            long id,
            String key,
            InteractionId interaction,
            long position,
            ConversationId conversation,
            AccountId account,
            int firstPart,
            int parts,
            Priority priority,
            State state,
            int attempt,
            long epoch,
            @Nullable Instant notBefore,
            Instant queuedAt,
            @Nullable Instant firstTriedAt,
            Instant expiresAt,
            @Nullable Reason reason) {}

    /// The segments of one part.
    ///
    /// @param version for [Expect.SegmentsAre]
    record Segments(long version, List<Segment> of) {

        public Segments {
            of = List.copyOf(of);
        }
    }

    /// How far one external id of a part got.
    ///
    /// @param reached by recipient; who is missing was not heard of
    record Segment(String externalId, Map<String, Content.Receipt.Status> reached) {

        public Segment {
            reached = Map.copyOf(reached);
        }
    }

    record Delivery(
            int part,
            String recipient,
            Content.Receipt.Status status,
            @Nullable Reason reason,
            Instant at) {}
}
