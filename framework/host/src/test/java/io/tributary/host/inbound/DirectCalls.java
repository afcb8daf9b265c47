package io.tributary.host.inbound;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.model.AccountId;
import io.tributary.spi.Malformed;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls on virtual threads, without deadlines: those have tests of their own.
public final class DirectCalls implements Calls {

    final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();

    /// Whether the account was replaced or closed.
    volatile boolean closed;

    @Override
    public void start(AccountId account, String what, Runnable work) {
        started.incrementAndGet();
        Thread.startVirtualThread(work);
    }

    @Override
    public <T> T call(Kind kind, AccountId account, Callable<T> body, Runnable whenStuck)
            throws PluginFailure, InterruptedException {
        if (closed) {
            throw new PluginFailure(PluginFailure.Cause.CLOSED, "", "look for it again");
        }
        try {
            return body.call();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Malformed malformed) {
            throw failure(PluginFailure.Cause.MALFORMED, malformed);
        } catch (Exception thrown) {
            throw failure(PluginFailure.Cause.THROWN, thrown);
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
        givenUp.incrementAndGet();
        return givenUp::decrementAndGet;
    }

    /// How many were given up and have not left.
    public int stuckNow() {
        return givenUp.get();
    }

    private static PluginFailure failure(PluginFailure.Cause cause, Exception thrown) {
        return new PluginFailure(
                cause, thrown.getClass().getName(), String.valueOf(thrown.getMessage()));
    }
}
