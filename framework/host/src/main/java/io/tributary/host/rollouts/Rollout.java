package io.tributary.host.rollouts;

import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change of a plugin's version, as far as it has come. Immutable.
///
/// @param plugin its id
/// @param from the version that served before; null: the plugin is new
/// @param to the version that is to serve; null: the plugin is taken away
/// @param sha256 of the artifact that is to serve, in hex; null where `to` is
/// @param text why it did not stay; empty where all is well
/// @param moved how many accounts were moved
/// @param watchedUntil when it is settled, as long as it is watched; else null
/// @param canary the account that has the version to itself for now; null: all have it, or none
/// @param actor who asked for it
public record Rollout(
        String plugin,
        @Nullable PluginVersion from,
        @Nullable PluginVersion to,
        @Nullable String sha256,
        State state,
        String text,
        int moved,
        @Nullable Instant watchedUntil,
        @Nullable AccountId canary,
        String actor,
        Instant began,
        @Nullable Instant ended) {

    /// Who acts where nobody asked for it.
    static final String HOST = "host";

    /// How far it has come.
    public enum State {
        /// It is loaded, and tried beside the version that serves.
        TRYING,
        /// It serves; accounts are being moved to it.
        MOVING,
        /// It serves; the version before stands by, in case it does worse.
        WATCHING,
        /// It serves, and the version before is gone.
        SERVING,
        /// It did worse, or an operator took it back: the version before serves.
        RETURNED,
        /// It never served.
        REFUSED,
        /// The plugin is gone.
        REMOVED;

        /// Whether nothing more is going to happen.
        public boolean over() {
            return switch (this) {
                case TRYING, MOVING, WATCHING -> false;
                case SERVING, RETURNED, REFUSED, REMOVED -> true;
            };
        }
    }

    Rollout moving() {
        return new Rollout(
                plugin, from, to, sha256, State.MOVING, "", moved, null, null, actor, began, null);
    }

    Rollout movedOne() {
        return new Rollout(
                plugin,
                from,
                to,
                sha256,
                state,
                text,
                moved + 1,
                watchedUntil,
                canary,
                actor,
                began,
                ended);
    }

    /// @param alone the account that has it to itself; null: all have it
    Rollout watching(Instant until, @Nullable AccountId alone) {
        return new Rollout(
                plugin,
                from,
                to,
                sha256,
                State.WATCHING,
                "",
                moved,
                until,
                alone,
                actor,
                began,
                null);
    }

    Rollout over(State end, String why, Instant now) {
        return new Rollout(
                plugin, from, to, sha256, end, why, moved, null, null, actor, began, now);
    }

    /// It did not stay.
    ///
    /// @param by who took it back
    Rollout takenBack(String why, String by, Instant now) {
        return new Rollout(
                plugin, from, to, sha256, State.RETURNED, why, moved, null, null, by, began, now);
    }
}
