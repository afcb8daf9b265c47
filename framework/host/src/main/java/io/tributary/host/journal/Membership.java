package io.tributary.host.journal;

import io.tributary.model.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members that write one log together, and which of them runs what. Blocking; thread safe.
///
/// All times are measured by the database's clock: members' own may differ by minutes.
public interface Membership {

    /// One run of a member.
    ///
    /// @param run its epoch, from [Journal#nextEpoch()]
    /// @param name unique among those that live
    /// @param home names its data folder: the next run there takes the place of the one before at
    ///   once
    record Self(long run, String name, String home, String version) {}

    enum State {
        STARTING,
        READY,
        UNREADY,

        /// It gives back what it runs, and gets nothing more.
        LEAVING
    }

    /// One slot of an account, under the epoch that it has or had with one owner.
    record Slot(AccountId account, int number, long epoch) {}

    /// What a member says of itself.
    ///
    /// @param url of its APIs
    /// @param lacks what keeps it from being ready, in words for an operator
    /// @param grid its id among the members that talk to each other; empty: it is not among them
    /// @param lasts it is given up when it says nothing for so long
    /// @param patience how long others leave what nobody runs to those who should have it
    /// @param settled how long one must have run before others leave something to it
    /// @param accounts how many slots of each account it could run; null: as it said before
    /// @param returned what it runs no more
    record Pulse(
            String url,
            State state,
            List<String> lacks,
            String grid,
            Duration lasts,
            Duration patience,
            Duration settled,
            @Nullable Map<AccountId, Integer> accounts,
            List<Slot> returned) {}

    /// What a member is told.
    ///
    /// @param lost it had been given up: nothing of what it ran is its own, and it has to say anew
    ///   what it could run
    /// @param slots all that it is to run
    /// @param leave those of them that it is to give back
    record Told(boolean lost, List<Slot> slots, List<Slot> leave) {}

    /// A member as the others see it.
    ///
    /// @param heard how long ago it said something
    /// @param left until it is given up; negative: it is
    record Member(
            long run,
            String name,
            String version,
            String url,
            State state,
            List<String> lacks,
            String grid,
            Instant beganAt,
            Duration heard,
            Duration left,
            List<Slot> slots) {}

    /// Another member of that name lives.
    final class NameTaken extends Exception {

        private static final long serialVersionUID = 1L;

        NameTaken(String message) {
            super(message);
        }
    }

    /// Says that a member lives; answers within two seconds or fails.
    ///
    /// @throws JournalUnavailable it may or may not have been heard
    Told beat(Self self, Pulse pulse) throws NameTaken;

    /// Whether this member can open what the others seal.
    ///
    /// @param marks of its keys, the one first by which it seals
    boolean agrees(List<String> marks);

    /// A member has ended: what it ran is free at once.
    void leave(long run);

    /// All that were heard of in the last hour, by name.
    List<Member> all();

    /// Whether the run of a member has not ended and was not given up.
    boolean lives(long run);
}
