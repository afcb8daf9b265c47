package io.tributary.model;

/// Why an identity should be believed. Only evidence that the host has checked joins customers.
///
/// May grow: outside the framework a `switch` over it needs a `default`.
public sealed interface Evidence {

    /// Somebody said so. Never joins anybody.
    Evidence CLAIMED = new Claimed();

    /// It is the channel's own address of the sender.
    Evidence BY_CHANNEL = new ByChannel();

    /// Somebody said so.
    record Claimed() implements Evidence {}

    /// The channel's own address: the provider has authenticated it.
    record ByChannel() implements Evidence {}

    /// A token that the company's own site signed; the host checks it.
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

    /// A code that the host sent to the identity and that came back.
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
