package io.tributary.model;

/// A typed identifier of a customer, and why it should be believed.
///
/// @param type lower case, such as `phone`, `email`, `device`, or namespaced by a channel
/// @param value in the one form that the type prescribes (phone: E.164, into which the host brings
///   any way of writing one with its country's code; email: lower case), since two are the same
///   customer's only if they are equal
/// @param evidence why it should be believed
public record Identity(String type, String value, Evidence evidence) {

    /// Refuses empty values.
    public Identity {
        Check.filled(type, "the type of an identity");
        Check.filled(value, "the value of an identity");
        Check.given(evidence, "the evidence of an identity");
    }

    /// The channel's own address of the sender, or what the channel has checked.
    public static Identity byChannel(String type, String value) {
        return new Identity(type, value, Evidence.BY_CHANNEL);
    }

    /// What somebody said about themselves. Kept, but never joins anybody.
    public static Identity claimed(String type, String value) {
        return new Identity(type, value, Evidence.CLAIMED);
    }

    /// What a token says that nobody has checked. Whoever has checked it vouches [#byChannel].
    public static Identity signed(String type, String value, String token) {
        return new Identity(type, value, new Evidence.SignedToken(token));
    }

    /// What a code would prove that nobody has compared yet.
    public static Identity confirmed(String type, String value, String challenge, String code) {
        return new Identity(type, value, new Evidence.ConfirmedCode(challenge, code));
    }

    /// Type and evidence, without the value: it is personal data.
    @Override
    public String toString() {
        return "Identity[" + type + ", " + evidence + "]";
    }
}
