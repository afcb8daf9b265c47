package io.tributary.spi;

import org.jspecify.annotations.Nullable;

/// How an account is, as operators see it.
///
/// @param text what is the matter, for an operator; never a secret
/// @param action what the operator can do; null: nothing
public record Health(State state, String text, @Nullable String action) {

    /// From well to not at all.
    public enum State {
        /// It works.
        UP,
        /// It works with losses.
        DEGRADED,
        /// It does not work now and tries on by itself.
        DOWN,
        /// It does not work until an operator acts.
        STOPPED
    }

    public static Health up() {
        return new Health(State.UP, "", null);
    }

    public static Health degraded(String text) {
        return new Health(State.DEGRADED, text, null);
    }

    public static Health down(String text) {
        return new Health(State.DOWN, text, null);
    }

    public static Health stopped(String text, String action) {
        return new Health(State.STOPPED, text, action);
    }

    /// The same with what an operator can do.
    public Health action(String what) {
        return new Health(state, text, what);
    }
}
