package io.tributary.model;

/// Why an identity should be believed. Only what somebody has checked joins customers: the provider
/// who authenticates its users, or the channel, that has the key of whoever signed a token. Both is
/// [#BY_CHANNEL], as far as the plugin's signed manifest says that it may vouch for such
/// identities.
///
/// May grow: outside the framework a `switch` over it needs a `default`.
public sealed interface Evidence {

    /// Somebody said so. Never joins anybody.
    Evidence CLAIMED = new Claimed();

    /// It is the channel's own address of the sender, or the channel has checked it.
    Evidence BY_CHANNEL = new ByChannel();

    /// Somebody said so.
    record Claimed() implements Evidence {}

    /// The channel's own address, which the provider has authenticated; or what a token says that
    /// the channel has checked by a key of its account's settings.
    record ByChannel() implements Evidence {}

    /// A token that somebody signed, and that nobody has checked. The host has no key of it: it
    /// counts as a claim.
    ///
    /// @param token as it came; a secret
    record SignedToken(String token) implements Evidence {
        /// Refuses an empty token.
        public SignedToken {
            Check.filled(token, "the token of an evidence");
        }

        /// Without the token.
        @Override
        public String toString() {
            return "SignedToken[...]";
        }
    }

    /// A code that somebody sent to the identity and that came back, which nobody has compared. The
    /// host sends none: it counts as a claim.
    ///
    /// @param challenge which sending of a code
    /// @param code as it came back; a secret
    record ConfirmedCode(String challenge, String code) implements Evidence {
        /// Refuses empty values.
        public ConfirmedCode {
            Check.filled(challenge, "the challenge of an evidence");
            Check.filled(code, "the code of an evidence");
        }

        /// Without the code.
        @Override
        public String toString() {
            return "ConfirmedCode[" + challenge + ", ...]";
        }
    }
}
