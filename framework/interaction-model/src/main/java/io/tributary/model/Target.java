package io.tributary.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a receipt, an edit, a deletion, a reaction or an answer is about.
///
/// May grow: outside the framework a `switch` over it needs a `default`.
public sealed interface Target {

    /// Which of several recipients it is about (a member of a group); null where there is one.
    @Nullable String recipient();

    /// Something that the provider named and that was not found in the log yet.
    ///
    /// @param id the provider's id, unique on the account
    /// @param recipient which of several recipients; null where there is one
    record External(String id, @Nullable String recipient) implements Target {
        /// Refuses an empty id.
        public External {
            Check.filled(id, "the external id of a target");
        }
    }

    /// An interaction of the log.
    ///
    /// @param interaction which
    /// @param part which part of it; 0: all of it
    /// @param recipient which of several recipients; null where there is one
    record Known(InteractionId interaction, int part, @Nullable String recipient)
            implements Target {
        /// Refuses a negative part.
        public Known {
            Check.given(interaction, "the interaction of a target");
            Check.that(part >= 0, "the part of a target cannot be " + part);
        }
    }

    /// Everything that went the other way up to a time, as in "read until".
    ///
    /// @param watermark the last moment that belongs to it, by the provider's clock
    /// @param recipient which of several recipients; null where there is one
    record Until(Instant watermark, @Nullable String recipient) implements Target {
        /// Refuses null.
        public Until {
            Check.given(watermark, "the watermark of a target");
        }
    }

    /// What the provider calls by this id.
    static Target external(String id) {
        return new External(id, null);
    }

    /// All of an interaction.
    static Target known(InteractionId interaction) {
        return new Known(interaction, 0, null);
    }

    /// One part of an interaction.
    static Target known(InteractionId interaction, int part) {
        return new Known(interaction, part, null);
    }

    /// Everything up to a time.
    static Target until(Instant watermark) {
        return new Until(watermark, null);
    }
}
