package io.tributary.host.accounts;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.model.AccountId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// The calls of one opened account: those of its plugin, and how many are under way, so that the
/// account is closed after the last of them.
final class AccountCalls implements Calls {

    private final Calls plugin;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private volatile boolean shut;

    AccountCalls(Calls plugin) {
        this.plugin = plugin;
    }

    @Override
    public void start(AccountId account, String what, Runnable work) {
        begun.increment();
        plugin.start(account, what, counted(work));
    }

    @Override
    public void relay(AccountId account, String what, Runnable work) {
        begun.increment();
        plugin.relay(account, what, counted(work));
    }

    private Runnable counted(Runnable work) {
        return () -> {
            try {
                work.run();
            } finally {
                ended.increment();
            }
        };
    }

    @Override
    public <T> T call(Kind kind, AccountId account, Callable<T> body, Runnable whenStuck)
            throws PluginFailure, InterruptedException {
        begun.increment();
        try {
            refuseShut(account);
            return plugin.call(kind, account, body, whenStuck);
        } finally {
            ended.increment();
        }
    }

    @Override
    public void stay(AccountId account, Body body) throws PluginFailure, InterruptedException {
        begun.increment();
        try {
            refuseShut(account);
            plugin.stay(account, body);
        } finally {
            ended.increment();
        }
    }

    @Override
    public Runnable givenUp(AccountId account, String what) {
        return plugin.givenUp(account, what);
    }

    /// Keeps the account from being idle until the answer is closed.
    OpenAccount.Hold hold() {
        begun.increment();
        var held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                ended.increment();
            }
        };
    }

    private void refuseShut(AccountId account) throws PluginFailure {
        if (shut) {
            throw new PluginFailure(
                    PluginFailure.Cause.CLOSED,
                    "",
                    "account " + account + " was closed; look for it again");
        }
    }

    @Override
    public Pause pause() {
        return plugin.pause();
    }

    @Override
    public Optional<String> refusal() {
        return plugin.refusal();
    }

    /// Whether nothing is under way.
    ///
    /// What ended is summed up first: if as many had begun when that is done, there was a moment at
    /// which all of them had ended.
    boolean idle() {
        long over = ended.sum();
        return begun.sum() == over;
    }

    /// Refuses every further call.
    void shut() {
        shut = true;
    }
}
