package io.tributary.host;

import io.tributary.host.inbound.Inbox;
import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Signals of customers, on their way to whoever watches.
final class AccountSignals implements Inbox.Signals {

    private final List<Inbox.Signals> watchers;

    AccountSignals(Inbox.Signals... watchers) {
        this.watchers = new CopyOnWriteArrayList<>(watchers);
    }

    void add(Inbox.Signals watcher) {
        watchers.add(watcher);
    }

    @Override
    public void pass(AccountId account, Signal signal) {
        watchers.forEach(each -> each.pass(account, signal));
    }
}
