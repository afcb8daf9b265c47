package io.tributary.host.outbound;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.model.AccountId;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/// Calls without bulkhead and watchdog: a call is stuck when the called says so.
final class DirectCalls implements Calls {

    private static final ThreadLocal<Runnable> STUCK = new ThreadLocal<>();

    @Override
    public void start(AccountId account, String what, Runnable work) {
        Thread.ofVirtual().name("test " + account + " " + what).start(work);
    }

    @Override
    public <T> T call(Kind kind, AccountId account, Callable<T> body, Runnable whenStuck)
            throws PluginFailure, InterruptedException {
        var stuck = new AtomicBoolean();
        STUCK.set(() -> {
            stuck.set(true);
            whenStuck.run();
        });
        try {
            T answer = body.call();
            if (stuck.get()) {
                throw new PluginFailure(PluginFailure.Cause.STUCK, "", "too late");
            }
            return answer;
        } catch (PluginFailure failure) {
            throw failure;
        } catch (Exception thrown) {
            throw new PluginFailure(
                    PluginFailure.Cause.THROWN,
                    thrown.getClass().getName(),
                    String.valueOf(thrown.getMessage()));
        } finally {
            STUCK.remove();
        }
    }

    @Override
    public void stay(AccountId account, Body body) throws PluginFailure, InterruptedException {
        call(
                Kind.CONNECT,
                account,
                () -> {
                    body.run();
                    return true;
                });
    }

    @Override
    public Runnable givenUp(AccountId account, String what) {
        return () -> {};
    }

    /// The watchdog gives up the call that runs on this thread.
    static void declareStuck() {
        STUCK.get().run();
    }
}
