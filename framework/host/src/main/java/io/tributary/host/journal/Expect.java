package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something read earlier that must still be so when the item is written.
public sealed interface Expect {

    record ConversationOpen(ConversationId id) implements Expect {}

    /// No open conversation with this end yet. `address` is the end's primary address.
    record NoOpenConversation(
            AccountId account, String line, String address, @Nullable String thread)
            implements Expect {}

    /// Nobody is bound to the address yet.
    record AddressFree(AccountId account, String address) implements Expect {}

    record IdentityFree(String type, String value) implements Expect {}

    /// The external id is not known yet: what is about it may be parked.
    record ReferenceUnknown(AccountId account, String externalId) implements Expect {}

    /// Nothing was stored under this dedupe key yet, so what is begun for it is not begun in vain.
    record FirstTime(AccountId account, String key) implements Expect {}

    /// Nothing waits for this external id: whoever binds it has read, and taken along, what was
    /// parked for it.
    record NothingParked(AccountId account, String externalId) implements Expect {}

    record StillParked(long id) implements Expect {}

    /// Of this group these pieces wait, and no others.
    ///
    /// @param last the greatest id among them; 0: none waits
    record PiecesAre(AccountId account, String group, int count, long last) implements Expect {}

    /// Nothing was learned of the part's segments since they were read.
    ///
    /// @param version the sum of their versions
    record SegmentsAre(InteractionId interaction, int part, long version) implements Expect {}

    /// The plugin's state under `key` has this version; 0: it is absent.
    record StateVersion(AccountId account, String key, long version) implements Expect {}

    /// No inbound interaction and no other author's content came to the conversation after
    /// `position`.
    record NothingNewAfter(ConversationId conversation, long position) implements Expect {}

    /// The send is in this state and attempt, under this epoch.
    ///
    /// @param waits whether it is looked at again at a time: what is UNKNOWN for good differs from
    ///   what may yet be found out in nothing else
    record SendIs(long id, Outbox.State state, int attempt, long epoch, boolean waits)
            implements Expect {

        public static SendIs as(Outbox.Send read) {
            return new SendIs(
                    read.id(),
                    read.state(),
                    read.attempt(),
                    read.epoch(),
                    read.notBefore() != null);
        }
    }

    /// None of these parts of an interaction has reached anybody.
    ///
    /// @param parts as deliveries are numbered; 0: all of it
    record NotArrived(InteractionId interaction, Set<Integer> parts) implements Expect {

        /// Keeps a copy.
        public NotArrived {
            parts = Set.copyOf(parts);
        }
    }

    /// Not all sends of an interaction are known to have got so far.
    record NotReached(InteractionId interaction, Content.Receipt.Status status) implements Expect {}

    /// The plan has this version; 0: it is absent.
    record FallbackIs(InteractionId first, long version) implements Expect {}

    /// This is what the interaction was corrected to last.
    ///
    /// @param digest null: it was never corrected
    record CorrectionIs(InteractionId interaction, @Nullable Bytes digest) implements Expect {}

    /// The slot is still run under this epoch: whoever runs it by now would be disturbed.
    record SlotIs(AccountId account, int slot, long epoch) implements Expect {}

    /// This socket is the device's newest, on any member.
    record DeviceIs(AccountId account, String device, String socket) implements Expect {}

    /// The job is there, and nobody has taken it since.
    ///
    /// @param claim as in [FetchJobs.Fetch#claim]
    record FetchIs(MediaId media, long claim) implements Expect {}

    /// Nobody, or this agent, holds the conversation.
    record ClaimFree(ConversationId conversation, String agent) implements Expect {}

    /// The account's row has this version; 0: it is absent.
    record AccountVersion(AccountId account, long version) implements Expect {}

    /// The setup of the webhook has this version; 0: it is absent.
    record WebhookVersion(String id, long version) implements Expect {}

    /// The idempotency key was not used yet by this principal.
    record KeyUnused(String principal, String key) implements Expect {}

    /// Exactly these plugins are wanted, in these versions, and no others are watched.
    ///
    /// @param rows ordered by id, as [PluginRecords#wanted()] gives them
    record PluginsAre(List<PluginRecords.Wanted> rows) implements Expect {

        /// Keeps a copy.
        public PluginsAre {
            rows = List.copyOf(rows);
        }
    }

    /// The dead letter was not replayed or dropped yet.
    record DeadLetterOpen(long id) implements Expect {}

    /// The customer is not merged into another.
    record CustomerUnmerged(CustomerId customer) implements Expect {}
}
