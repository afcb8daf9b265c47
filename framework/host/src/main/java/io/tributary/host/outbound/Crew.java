package io.tributary.host.outbound;

import io.tributary.host.calls.Calls;
import io.tributary.model.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does [Work] beside the dispatcher's loop and brings back, exactly once, how it goes on.
///
/// All methods are called on the loop; what comes back goes through its mailbox.
final class Crew {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private final AccountId account;
    private final Equipment equipment;
    private final Consumer<Runnable> mailbox;
    private final List<CompletableFuture<Void>> idle = new ArrayList<>();
    private int sends;
    private int chores;

    Crew(AccountId account, Equipment equipment, Consumer<Runnable> mailbox) {
        this.account = account;
        this.equipment = equipment;
        this.mailbox = mailbox;
    }

    /// How much else is being done.
    int chores() {
        return chores;
    }

    /// Completes when nothing is being done any more.
    void whenIdle(CompletableFuture<Void> listener) {
        idle.add(listener);
        tellIfIdle();
    }

    /// @param over told on the loop, before `then`
    /// @param then told on the loop
    /// @return false: the channel takes no work now
    boolean send(Calls calls, Work work, Runnable over, Consumer<Next> then) {
        var finish =
                finish(
                        then,
                        () -> {
                            sends--;
                            over.run();
                        });
        try {
            calls.start(account, "send", () -> run(work, finish));
        } catch (RuntimeException closed) {
            LOG.info("account={} the channel takes no work: {}", account, closed.getMessage());
            return false;
        }
        sends++;
        return true;
    }

    void chore(Work work, Consumer<Next> then) {
        var finish = finish(then, () -> chores--);
        chores++;
        Thread.ofVirtual().name("outbound " + account).start(() -> run(work, finish));
    }

    private Work.Finish finish(Consumer<Next> then, Runnable count) {
        var told = new AtomicBoolean();
        return last -> {
            if (told.compareAndSet(false, true)) {
                var next = next(last);
                mailbox.accept(() -> {
                    count.run();
                    then.accept(next);
                    tellIfIdle();
                });
            }
        };
    }

    private void run(Work work, Work.Finish finish) {
        try {
            var next = work.run(finish);
            if (next != null) {
                finish.with(() -> next);
            }
        } catch (InterruptedException | RuntimeException failure) {
            finish.with(() -> later(failure));
        }
    }

    private Next next(Callable<Next> last) {
        try {
            return last.call();
        } catch (Exception failure) {
            return later(failure);
        }
    }

    /// The journal cannot be read or written; whatever was half done is found as the journal has
    /// it.
    private Next later(Exception failure) {
        LOG.warn(
                "account={} a send could not be worked on, trying again: {}",
                account,
                Failures.told(failure));
        Instant at = equipment.now().plus(equipment.pace().poll());
        return new Next.NotNow(at);
    }

    private void tellIfIdle() {
        if (sends == 0 && chores == 0) {
            idle.forEach(listener -> listener.complete(null));
            idle.clear();
        }
    }
}
