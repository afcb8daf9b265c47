package io.tributary.model;

import org.jspecify.annotations.Nullable;

/// Who did it.
///
/// @param kind which kind of actor
/// @param id who, in the terms of whoever made the interaction; null where nobody in particular
/// @param name for display; null where it is not known
public record Actor(Kind kind, @Nullable String id, @Nullable String name) {

    /// The customer, under no name.
    public static final Actor CUSTOMER = new Actor(Kind.CUSTOMER, null, null);

    /// Tributary itself, or the provider.
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, null, null);

    /// Kinds of actors.
    public enum Kind {
        /// Somebody on the other end.
        CUSTOMER,
        /// A person on our end.
        AGENT,
        /// A program that speaks for us.
        BOT,
        /// Tributary itself, or the provider.
        SYSTEM
    }

    /// Refuses a missing kind.
    public Actor {
        Check.given(kind, "the kind of an actor");
    }

    /// The customer.
    ///
    /// @param name as the provider shows it; null where it does not
    public static Actor customer(@Nullable String name) {
        return name == null ? CUSTOMER : new Actor(Kind.CUSTOMER, null, name);
    }

    /// A person on our end.
    public static Actor agent(String id, @Nullable String name) {
        return new Actor(Kind.AGENT, Check.given(id, "the id of an agent"), name);
    }

    /// A program that speaks for us.
    public static Actor bot(String id, @Nullable String name) {
        return new Actor(Kind.BOT, Check.given(id, "the id of a bot"), name);
    }

    /// Kind and id, without the name: it may be a customer's.
    @Override
    public String toString() {
        return id == null ? kind.toString() : kind + " " + id;
    }
}
