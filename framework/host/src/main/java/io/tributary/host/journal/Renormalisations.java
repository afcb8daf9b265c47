package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.InteractionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs that translate kept raw events again: one of a channel at a time, worked on by one member
/// at a time. What an interaction is corrected to is changed by [Change.PutCorrection]. Blocking,
/// thread safe.
public interface Renormalisations {

    /// The newest of each channel.
    List<Run> all();

    Optional<Run> of(ChannelId channel);

    /// Keeps a run that begins, or goes on where one before it had come.
    ///
    /// @return false: another of its channel has not ended
    boolean begin(Run run);

    /// Takes, or holds on, a run that has not ended and that nobody else holds.
    ///
    /// @param holder the run of the member
    /// @return false: another member holds it, or it has ended
    boolean take(Run run, long holder, Instant now, Duration lasts);

    /// Keeps how far a run has come.
    ///
    /// @return false: it has ended, or another member holds it
    boolean keep(Run run, long holder);

    /// Ends a run that goes on.
    boolean stop(Run run, Instant at);

    /// What this run of a member held is anybody's.
    void release(long holder);

    /// What an interaction was corrected to last; empty: it was not.
    Optional<Bytes> corrected(InteractionId interaction);

    enum State {
        RUNNING,
        ENDED,
        /// An operator has ended it.
        STOPPED,
        /// It cannot go on.
        FAILED
    }

    /// What came of what was looked at, in events.
    ///
    /// @param looked all of them
    /// @param unchanged they mean what is stored
    /// @param corrected they mean something else, and that was appended
    /// @param passed they mean something that is no correction of what is stored
    /// @param failed the plugin does not understand them now
    record Counts(long looked, long unchanged, long corrected, long passed, long failed) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }

    /// One run.
    ///
    /// @param id of it
    /// @param plugins that translate, with their versions: no others go on with it
    /// @param account null: all of the channel
    /// @param since received from then on
    /// @param until received before
    /// @param dry whether nothing is appended
    /// @param reason of the state, for operators
    /// @param position all up to it was looked at
    /// @param last position that is looked at
    record Run(
            ChannelId channel,
            String id,
            Set<String> plugins,
            @Nullable AccountId account,
            Instant since,
            Instant until,
            boolean dry,
            String actor,
            State state,
            String reason,
            long position,
            long last,
            Counts counts,
            Instant beganAt,
            @Nullable Instant endedAt) {

        /// Keeps a copy.
        public Run {
            plugins = Set.copyOf(plugins);
        }

        /// The same further on.
        public Run at(long place, Counts now) {
            return new Run(
                    channel, id, plugins, account, since, until, dry, actor, state, reason, place,
                    last, now, beganAt, endedAt);
        }

        /// The same at its end.
        public Run ended(State how, String why, Instant at) {
            return new Run(
                    channel, id, plugins, account, since, until, dry, actor, how, why, position,
                    last, counts, beganAt, at);
        }
    }
}
