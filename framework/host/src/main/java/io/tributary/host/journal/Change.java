package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One write of an item.
public sealed interface Change {

    /// Appends an interaction at the next position and moves its conversation's marks forward.
    ///
    /// @param type the first part's content type, as in [Row#type]
    /// @param weight what it means for the conversation
    /// @param body the interaction as JSON, without its position
    /// @param saidAt when the customer said it; null: when it was received, or nobody said anything
    record Append(
            InteractionId id,
            @Nullable ConversationId conversation,
            @Nullable CustomerId customer,
            ChannelId channel,
            AccountId account,
            Direction direction,
            String type,
            Weight weight,
            Instant receivedAt,
            Bytes body,
            @Nullable Instant saidAt)
            implements Change {

        /// Cuts the times off to what the log keeps: readers who are told of the commit and readers
        /// of the log are shown the same. Nobody has said anything later than it was received,
        /// whatever clock says so.
        public Append {
            receivedAt = Micros.instant(Micros.of(receivedAt));
            if (weight != Weight.FROM_CUSTOMER || saidAt == null || !saidAt.isBefore(receivedAt)) {
                saidAt = null;
            } else {
                saidAt = Micros.instant(Micros.of(saidAt));
            }
        }

        /// Said when it was received, if anybody said anything.
        public Append(
                InteractionId id,
                @Nullable ConversationId conversation,
                @Nullable CustomerId customer,
                ChannelId channel,
                AccountId account,
                Direction direction,
                String type,
                Weight weight,
                Instant receivedAt,
                Bytes body) {
            this(
                    id,
                    conversation,
                    customer,
                    channel,
                    account,
                    direction,
                    type,
                    weight,
                    receivedAt,
                    body,
                    null);
        }
    }

    /// What an interaction means for its conversation.
    enum Weight {
        /// Content from the customer: replies are to take note of it, and a send window begins.
        FROM_CUSTOMER,
        /// The customer has another address from now on: replies go there. Else like a notice.
        MOVED,
        /// Content from our side: colleagues are to take note of it.
        FROM_US,
        /// Receipts, notices, changes.
        QUIET;

        /// Whether somebody is to take note of it.
        boolean isContent() {
            return this == FROM_CUSTOMER || this == FROM_US;
        }

        /// Whether replies go where it came from.
        boolean isOfCustomer() {
            return this == FROM_CUSTOMER || this == MOVED;
        }
    }

    record OpenConversation(
            ConversationId id,
            CustomerId customer,
            ChannelId channel,
            AccountId account,
            String line,
            String address,
            @Nullable String thread,
            @Nullable String locale,
            Instant at)
            implements Change {}

    record CloseConversation(ConversationId id, Instant at) implements Change {}

    /// Gives the conversation to an agent.
    ///
    /// @param agent null releases it
    record Claim(
            ConversationId conversation, @Nullable String agent, @Nullable String name, Instant at)
            implements Change {}

    record AddCustomer(CustomerId id, @Nullable String name, Instant at) implements Change {}

    /// Gives a customer a name where it has none yet.
    record NameCustomer(CustomerId id, String name) implements Change {}

    /// Binds an address to its end; the end is known by its primary address.
    record BindAddress(AccountId account, String address, String primary, CustomerId customer)
            implements Change {}

    record BindIdentity(String type, String value, CustomerId customer, String evidence, Instant at)
            implements Change {}

    /// Resolves one customer to another on read; null undoes it.
    record MergeCustomer(CustomerId from, @Nullable CustomerId into) implements Change {}

    record SetConsent(
            CustomerId customer,
            AccountId account,
            String address,
            String purpose,
            boolean granted,
            Instant at)
            implements Change {}

    /// Makes a provider's id known; the first binding wins.
    record BindReference(AccountId account, String externalId, InteractionId interaction, int part)
            implements Change {}

    /// Keeps what is about an unknown target until its reference comes.
    ///
    /// @param body opaque to the journal
    record Park(AccountId account, String externalId, Instant receivedAt, Bytes body)
            implements Change {}

    record Unpark(long id) implements Change {}

    /// Keeps a piece until its whole is taken up.
    ///
    /// @param whole which of the wholes of the group
    /// @param number 0: not counted
    /// @param of 0: nobody knows
    /// @param due when the whole is taken up although pieces are missing
    /// @param body opaque to the journal
    record KeepPiece(
            AccountId account,
            String group,
            int whole,
            int number,
            int of,
            Instant receivedAt,
            Instant due,
            Bytes body)
            implements Change {}

    /// The whole cannot be taken up yet: it is due again then.
    record PostponePieces(AccountId account, String group, int whole, Instant due)
            implements Change {}

    /// The whole is taken up: its pieces wait no more.
    record DropPieces(AccountId account, String group, int whole) implements Change {}

    /// Remembers what an event without a key looked like.
    ///
    /// @param until after this it may be forgotten
    record SeePrint(AccountId account, String print, Instant at, Instant until) implements Change {}

    /// Keeps the event as it came, beside the interactions of the same item.
    ///
    /// @param piece whether it is one of several that can be translated together only
    record KeepRaw(
            AccountId account,
            ChannelId channel,
            String kind,
            Map<String, String> notes,
            Bytes body,
            Instant receivedAt,
            boolean piece)
            implements Change {}

    record AddDeadLetter(
            Direction direction,
            AccountId account,
            String plugin,
            String kind,
            Reason reason,
            @Nullable InteractionId interaction,
            Bytes payload,
            Instant at)
            implements Change {}

    /// Ends a dead letter.
    ///
    /// @param replayed true: replayed, false: given up
    record CloseDeadLetter(long id, boolean replayed, Instant at) implements Change {}

    /// Keeps something for a plugin, under the next version.
    ///
    /// @param value null removes it
    record PutState(AccountId account, String key, @Nullable Bytes value, @Nullable Duration lasts)
            implements Change {}

    /// One send to be made; the item's last appended interaction is what it carries.
    record Enqueue(
            String key,
            InteractionId interaction,
            ConversationId conversation,
            AccountId account,
            int firstPart,
            int parts,
            Outbox.Priority priority,
            Instant expiresAt)
            implements Change {}

    /// Moves a send on.
    ///
    /// @param notBefore when it is due again; null for at once or never
    record MoveSend(
            long id,
            Outbox.State state,
            int attempt,
            long epoch,
            @Nullable Instant notBefore,
            @Nullable Reason reason)
            implements Change {}

    /// One of several external ids of a part.
    record AddSegment(InteractionId interaction, int part, String externalId) implements Change {}

    /// Raises what is known of one segment's delivery; never back. What that means for the part is
    /// a change of its own.
    record AdvanceSegment(
            InteractionId interaction,
            int part,
            String externalId,
            String recipient,
            Content.Receipt.Status status)
            implements Change {}

    /// Raises what is known of a part's delivery; never back. Settles a send of unknown outcome.
    record Advance(
            InteractionId interaction,
            int part,
            String recipient,
            Content.Receipt.Status status,
            @Nullable Reason reason,
            Instant at)
            implements Change {}

    record AddMedia(
            MediaId id, AccountId account, @Nullable String name, @Nullable String type, Instant at)
            implements Change {}

    /// The bytes are where they are kept: in this member's files, and where members share them, in
    /// [Journal#mediaBytes()]; without those it is refused.
    ///
    /// @param elsewhere they are in a place that the journal knows nothing of
    record MediaKept(MediaId id, String type, long bytes, String sha256, boolean elsewhere)
            implements Change {

        public MediaKept(MediaId id, String type, long bytes, String sha256) {
            this(id, type, bytes, sha256, false);
        }
    }

    /// Something that is being sent refers to the file.
    record UseMedia(MediaId id, Instant at) implements Change {}

    record MediaLost(MediaId id, Reason reason) implements Change {}

    /// A job that fetches media after the commit.
    record AddFetch(
            MediaId media,
            AccountId account,
            InteractionId interaction,
            int part,
            String fetch,
            Instant at)
            implements Change {}

    /// Moves a fetch on.
    ///
    /// @param pause until it is tried again; null: the job is done
    record MoveFetch(MediaId media, int attempt, @Nullable Duration pause) implements Change {}

    /// A device has a socket.
    ///
    /// @param socket names it; the one before is replaced
    /// @param epoch of the run of the member that has it
    record DeviceCame(AccountId account, String device, String socket, long epoch, Instant at)
            implements Change {}

    /// The socket of a device is gone.
    record DeviceWent(AccountId account, String device, String socket, Instant at)
            implements Change {}

    /// An event of the address came through the device.
    record ReachThrough(AccountId account, String address, String device, Instant at)
            implements Change {}

    record PutAccount(
            AccountId account,
            ChannelId channel,
            String config,
            Bytes sealedSecrets,
            boolean enabled,
            Instant at)
            implements Change {}

    record RemoveAccount(AccountId account) implements Change {}

    /// Another version of a plugin is wanted from now on.
    record WantPlugin(PluginRecords.Wanted wanted) implements Change {}

    /// The plugin is wanted no more.
    record UnwantPlugin(String plugin) implements Change {}

    /// A member says how it is with a plugin on it; the time is the database's where others share
    /// it.
    record ObservePlugin(PluginRecords.Observed observed) implements Change {}

    /// A member has nothing to say of a plugin any more.
    ///
    /// @param plugin null: of none
    record UnobservePlugin(long member, @Nullable String plugin) implements Change {}

    record AddRollout(PluginRecords.Rollout rollout) implements Change {}

    record PutToken(Tokens.Token token) implements Change {}

    record RevokeToken(String id, Instant at) implements Change {}

    /// Sets a webhook up, or anew.
    ///
    /// @param cursor after which it begins, as if nothing had been tried, and what waits of what it
    ///   set aside is due; null: it stays where it is
    record PutWebhook(WebhookRecords.Setup setup, @Nullable String cursor) implements Change {}

    /// Removes a webhook, and what is set aside for it.
    record RemoveWebhook(String id) implements Change {}

    /// Keeps a plan of what is tried when a message does not arrive, new or anew.
    record PutFallback(FallbackPlans.Plan plan) implements Change {}

    /// An interaction is a step of a plan.
    record AddFallbackStep(
            InteractionId interaction, InteractionId first, ConversationId conversation)
            implements Change {}

    /// Remembers what an interaction is corrected to.
    ///
    /// @param digest of that
    record PutCorrection(InteractionId interaction, Bytes digest, Instant at) implements Change {}

    /// Keeps the answer to a request with an idempotency key, in place of [Answers#BEGUN] of the
    /// same request; nothing, where the key has another answer already.
    record KeepAnswer(
            String principal, String key, String fingerprint, int status, Bytes body, Instant at)
            implements Change {}

    /// Keeps a plugin jar; nothing, where the same one of the same signer is kept already.
    record AddArtifact(PluginArtifacts.Artifact artifact) implements Change {}

    record AddAudit(String actor, String action, String target, String detail, Instant at)
            implements Change {}
}
