package io.tributary.host.agents;

import org.jspecify.annotations.Nullable;

/// What an agent app asked for and cannot have. The text is for its author and quotes nothing that
/// a customer said.
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Why why;
    private final String text;
    private final @Nullable String oldest;

    /// Kinds of refusals.
    public enum Why {
        /// A parameter says something that cannot be.
        INVALID,
        /// It is not there, or this token does not see it: nobody is told which.
        NOT_FOUND,
        /// The cursor is mangled or of another deployment.
        BAD_CURSOR,
        /// The cursor is older than what is kept.
        EXPIRED,
        /// Another agent holds the conversation.
        CLAIMED,
        /// The conversation is closed.
        CLOSED,
        /// Others write to the same conversation faster than this could be decided.
        BUSY
    }

    /// A refusal of one kind.
    public Refusal(Why why, String text) {
        this(why, text, null);
    }

    private Refusal(Why why, String text, @Nullable String oldest) {
        super(why + ": " + text, null, false, false);
        this.why = why;
        this.text = text;
        this.oldest = oldest;
    }

    static Refusal expired(String oldest) {
        return new Refusal(Why.EXPIRED, "the cursor is older than what is kept", oldest);
    }

    static Refusal notFound(String what) {
        return new Refusal(Why.NOT_FOUND, what);
    }

    public Why why() {
        return why;
    }

    public String text() {
        return text;
    }

    /// With [Why#EXPIRED]: the oldest cursor that is valid; else null.
    public @Nullable String oldest() {
        return oldest;
    }
}
