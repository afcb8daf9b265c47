package io.tributary.host.news;

import io.tributary.host.journal.Audit;
import java.util.List;

/// Somebody who keeps in memory what members change.
///
/// Called by one thread; may read the journal and throw, and is then told to look at everything.
public interface Reader {

    /// Anything may have been done: look at what is stored.
    void look();

    /// This was done since, also by this very member; empty: nothing was.
    void read(List<Audit.Deed> deeds);

    /// A reader to whom it is all the same what was done, as long as it was about something.
    ///
    /// @param subject how actions begin that concern it, such as `account.`
    static Reader of(String subject, Runnable look) {
        return new About(subject, look);
    }

    /// See [#of].
    record About(String subject, Runnable looking) implements Reader {

        @Override
        public void look() {
            looking.run();
        }

        @Override
        public void read(List<Audit.Deed> deeds) {
            if (deeds.stream().anyMatch(deed -> deed.action().startsWith(subject))) {
                looking.run();
            }
        }
    }
}
