package io.tributary.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that happened in a conversation: a message, a reading, a tap, a call event, a receipt,
/// an edit … It never changes; what happens to it later is another interaction with this one as
/// target.
///
/// Build one with [#builder()], change a copy with [#toBuilder()].
///
/// @param id made once, never reused
/// @param position its number in the log, dense and ascending from 1; 0: not appended yet
/// @param conversation which conversation; null only in a notice about the account, which has no
///   other end
/// @param customer which customer, as it was when the interaction was appended (a merge may have
///   given the customer another name since); null only in a notice about the account
/// @param channel which kind of channel it came or goes through
/// @param account which of our accounts there
/// @param line our end: a number, a page, a store; empty only in a notice about the account
/// @param address the other end; empty only in a notice about the account
/// @param direction which way it went
/// @param actor who did it
/// @param occurredAt when it happened by the provider's clock, which may be wrong
/// @param receivedAt when it reached us, by our clock; timelines sort by it
/// @param target what a receipt, an edit, a deletion, a reaction or a call event is about; null
///   where it is about nothing else
/// @param inReplyTo what it answers; null where it answers nothing in particular
/// @param thread the provider's thread within the address; null for none
/// @param locale the language, as far as somebody said so; null where nobody did
/// @param traceparent W3C trace context of its arrival; null where there was none
/// @param plugin what translated it; null where the host made it
/// @param replayed whether it was an inbound dead letter first
/// @param possibleDuplicate whether something that looked the same came shortly before, through a
///   provider that gives no key
/// @param extensions what is specific to a provider, by namespaced name such as `pager.priority`
/// @param parts what it carries, at least one
/// @param fallbackText one plain text that any agent app can show; never empty
/// @param unknown members of the stored form that this build could not read in full, by name. They
///   are written back as they are, in place of what this build would write under the same name
public record Interaction(
        InteractionId id,
        long position,
        @Nullable ConversationId conversation,
        @Nullable CustomerId customer,
        ChannelId channel,
        AccountId account,
        String line,
        String address,
        Direction direction,
        Actor actor,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable Target target,
        @Nullable Target inReplyTo,
        @Nullable String thread,
        @Nullable Locale locale,
        @Nullable String traceparent,
        @Nullable PluginVersion plugin,
        boolean replayed,
        boolean possibleDuplicate,
        Map<String, Json> extensions,
        List<Part> parts,
        String fallbackText,
        Map<String, Json> unknown) {

    /// Refuses what no reader could make sense of.
    public Interaction {
        Check.given(id, "the id of an interaction");
        Check.that(position >= 0, "the position of an interaction cannot be " + position);
        Check.given(channel, "the channel of an interaction");
        Check.given(account, "the account of an interaction");
        Check.given(line, "the line of an interaction");
        Check.given(address, "the address of an interaction");
        Check.given(direction, "the direction of an interaction");
        Check.given(actor, "the actor of an interaction");
        Check.given(occurredAt, "occurredAt of an interaction");
        Check.given(receivedAt, "receivedAt of an interaction");
        Check.filled(fallbackText, "the fallback text of an interaction");
        extensions = Check.map(extensions, "the extensions of an interaction");
        parts = Check.filledList(parts, "the parts of an interaction");
        unknown = Check.map(unknown, "the unknown members of an interaction");
    }

    /// An empty builder.
    public static InteractionBuilder builder() {
        return new InteractionBuilder();
    }

    /// A builder that holds what this one holds.
    public InteractionBuilder toBuilder() {
        return new InteractionBuilder(this);
    }

    /// The content of the first part.
    public Content content() {
        return parts.getFirst().content();
    }

    /// The type of the first part's content: what filters and event types go by.
    public String type() {
        return content().type();
    }

    /// The same at a place in the log.
    public Interaction withPosition(long position) {
        return toBuilder().position(position).build();
    }

    /// What is needed to find it, without anything that a customer said.
    @Override
    public String toString() {
        return "Interaction["
                + id
                + " at "
                + position
                + ", "
                + direction
                + " "
                + type()
                + " on "
                + account
                + ", conversation "
                + conversation
                + "]";
    }
}
