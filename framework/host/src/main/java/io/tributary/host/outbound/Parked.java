package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import java.util.List;

/// What came about an external id before the id was known, such as a receipt that overtook the
/// answer to the send. Whoever parked it knows its form and turns it into changes.
///
/// Blocking, thread safe.
public interface Parked {

    /// What is to be committed in the same unit as the binding of `reference`, after it: the parked
    /// ones as interactions with that target and what removes them from where they were parked, or
    /// the expectation that nothing is parked.
    Taken take(Directory.Reference reference);

    /// @param expects under which the changes are right
    record Taken(List<Expect> expects, List<Change> changes) {

        public Taken {
            expects = List.copyOf(expects);
            changes = List.copyOf(changes);
        }

        /// Nothing waits for the id.
        public static Taken nothing(Directory.Reference reference) {
            return new Taken(
                    List.of(new Expect.NothingParked(reference.account(), reference.externalId())),
                    List.of());
        }
    }
}
