package io.tributary.host.journal;

import io.tributary.model.Bytes;
import io.tributary.model.InteractionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Webhooks of agent apps: a durable cursor over the log each, and the events that were set aside
/// on the way. What operators set up is changed by [Change.PutWebhook]; how far one has come is
/// written here, by the one member that holds it. Blocking, thread safe.
public interface WebhookRecords {

    /// All, oldest first.
    List<Webhook> all();

    Optional<Webhook> byId(String id);

    /// Reads at once all that tells whether there is something to do.
    Optional<Look> look(String id);

    /// The same of all that this run of a member has held last.
    List<Look> looks(long holder);

    /// Whether one is set up and held as it was read; cheap, and asked before each attempt.
    boolean isAsRead(Webhook read);

    /// Takes one that is active and that nobody holds, or holds it on.
    ///
    /// @param holder the run of the member
    /// @return false: another member holds it, or it is not active
    boolean take(String id, long holder, Instant now, Duration lasts);

    /// What this run of a member held is anybody's.
    void release(long holder);

    /// What anybody held is anybody's: for a member that has the journal to itself, and died.
    void releaseAll();

    /// Keeps how far it has come.
    ///
    /// @param read as it was when that was begun
    /// @return false: it was changed since, or another member holds it; nothing was kept
    boolean keep(Webhook read, Progress progress);

    /// Seals its secrets anew; nothing else changes.
    ///
    /// @return false: it was changed since it was read
    boolean reseal(Webhook read, Bytes secret, @Nullable Bytes former);

    /// What is to be tried again by now, in the order of the log.
    List<Aside> due(String webhook, Instant now, int limit);

    /// All that waits or was given up, in the order of the log.
    List<Aside> aside(String webhook, int limit);

    /// Those that wait, without what was given up.
    Waiting waiting(String webhook);

    /// How many are set aside, by webhook; those without any are missing.
    Map<String, Counts> counts();

    /// Sets an event aside, or says anew how it is with it.
    void put(Aside aside);

    /// It was delivered.
    void drop(String webhook, InteractionId event);

    /// Everything that waits is due now.
    void hurry(String webhook, Instant now);

    /// Forgets what was first tried before, and given up; and what is of no webhook any more.
    void forget(Instant before);

    /// What becomes of a webhook.
    enum State {
        /// Events go there.
        ACTIVE,
        /// An operator wants nothing to go there for now.
        PAUSED,
        /// The app answered that it is gone.
        GONE,
        /// It took nothing for days.
        STOPPED,
        /// What comes next for it is not kept any more.
        BEHIND
    }

    /// What operators say.
    ///
    /// @param filter as JSON, in a form that its maker knows
    /// @param secret sealed
    /// @param former sealed, and signs beside the other until then; null: there is none
    /// @param reason of the state, for operators
    record Setup(
            String id,
            String name,
            String url,
            String filter,
            Bytes secret,
            @Nullable Bytes former,
            @Nullable Instant formerUntil,
            State state,
            String reason,
            Instant createdAt,
            Instant changedAt) {}

    /// How far it has come.
    ///
    /// @param cursor all up to it was delivered or set aside
    /// @param failures in a row
    /// @param failingSince since when nothing was delivered although it was tried, and of an app
    ///   that counts as down, since it does; null: all is well
    /// @param notBefore nothing is tried until then; null: at once
    /// @param deliveredAt when something was delivered last; null: never
    /// @param problem what the last failure was; empty: all is well
    record Progress(
            String cursor,
            int failures,
            @Nullable Instant failingSince,
            @Nullable Instant notBefore,
            @Nullable Instant deliveredAt,
            String problem) {

        /// Of one that begins, or begins anew, after a place in the log.
        public static Progress at(String cursor) {
            return new Progress(cursor, 0, null, null, null, "");
        }
    }

    /// One webhook.
    ///
    /// @param version of its setup
    /// @param holder the run of the member that held it last; 0: none did
    record Webhook(Setup setup, long version, Progress progress, long holder, Instant heldUntil) {

        public String id() {
            return setup.id();
        }
    }

    /// An event that could not be delivered in its turn, or is to be delivered again.
    ///
    /// @param attempts so far
    /// @param firstAt when it was set aside
    /// @param notBefore null: it was given up
    /// @param reason of the last failure
    record Aside(
            String webhook,
            InteractionId event,
            long position,
            int attempts,
            Instant firstAt,
            @Nullable Instant notBefore,
            String reason) {}

    /// What waits of what is set aside.
    ///
    /// @param due when the next is; null: none waits
    record Waiting(int count, @Nullable Instant due) {}

    /// A webhook, and what waits of what it has set aside.
    record Look(Webhook webhook, Waiting waiting) {}

    /// How many events of a webhook are set aside.
    record Counts(int waiting, int givenUp) {

        /// None.
        public static final Counts NONE = new Counts(0, 0);
    }
}
