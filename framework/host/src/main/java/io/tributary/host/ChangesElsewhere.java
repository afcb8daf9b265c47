package io.tributary.host;

import io.tributary.host.access.Access;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.devices.DeviceSockets;
import io.tributary.host.inbound.Inbox;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Journal;
import io.tributary.host.news.News;
import io.tributary.host.news.Reader;
import java.time.Duration;
import java.util.List;

/// What a member keeps in memory and others change as well: accounts, tokens, where customers went,
/// what conversations may carry. Plugins follow by themselves; see `Rollouts`.
final class ChangesElsewhere {

    /// A token that was revoked on another member is refused within two of these.
    static final Duration PAUSE = Duration.ofMillis(500);

    /// For how long a token is good without a look at the journal, should nobody be able to tell
    /// that it was revoked.
    static final Duration TOKENS_REMEMBERED = Duration.ofMillis(1_500);

    private ChangesElsewhere() {}

    /// Not started yet: to be, once accounts are open.
    static News follow(Journal journal, Accounts accounts, Access access, Inbox inbox) {
        var news = new News(journal, PAUSE);
        news.tell(new Tokens(access));
        news.tell(Reader.of("customer.", inbox::forget));
        news.tell(Reader.of("account.", () -> accounts.follower().follow()));
        news.tell(new Always(accounts));
        return news;
    }

    /// Devices come back to other members.
    record Moving(DeviceSockets devices) implements Reader {

        @Override
        public void look() {
            devices.lookAtAll();
        }

        @Override
        public void read(List<Audit.Deed> deeds) {
            devices.lookElsewhere();
        }
    }

    private record Tokens(Access access) implements Reader {

        @Override
        public void look() {
            access.follow();
        }

        @Override
        public void read(List<Audit.Deed> deeds) {
            access.followed(deeds);
        }
    }

    /// What no audit tells: other members commit all the time, and plugins there keep state that
    /// decides what a conversation may carry.
    private record Always(Accounts accounts) implements Reader {

        @Override
        public void look() {
            accounts.forgetCapabilities();
            accounts.follower().followMissed();
        }

        @Override
        public void read(List<Audit.Deed> deeds) {
            look();
        }
    }
}
