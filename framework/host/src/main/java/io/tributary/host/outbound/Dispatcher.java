package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what lies in one account's outbox: in order within a conversation, side by side otherwise.
///
/// One loop on a virtual thread owns all state and never waits for a channel. Everything that may
/// block is [Work] on a thread of its own and comes back through the mailbox. Hints only hurry the
/// loop along; without them it looks by itself. Thread safe.
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final AccountId id;
    private final Pace pace;
    private final Equipment equipment;
    private final Sender sender;
    private final Crew crew;
    private final Traffic traffic;
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final AtomicBoolean hinted = new AtomicBoolean();
    private final Thread loop;
    private boolean look = true;
    private volatile boolean waitsForReceipts;
    private volatile boolean waitsForWires = true;
    private volatile boolean leaving;
    private volatile boolean running = true;

    /// @param most how many sends are held in memory. Where more than these wait for the provider
    ///   at once, later ones wait with them
    Dispatcher(AccountId id, Equipment equipment, Backoff backoff, int most) {
        this.id = id;
        this.pace = equipment.pace();
        this.equipment = equipment;
        this.sender = new Sender(id, equipment.accounts(), mailbox::add);
        this.crew = new Crew(id, equipment, mailbox::add);
        this.traffic =
                new Traffic(
                        equipment,
                        new Throttle(backoff, equipment.now(), equipment.standing().sendsAll()),
                        new Backlog(id, equipment.journal().outbox(), most),
                        sender,
                        crew);
        this.loop = Thread.ofVirtual().name("outbound " + id).unstarted(this::run);
    }

    void start() {
        loop.start();
    }

    /// Something was enqueued.
    void hint() {
        if (hinted.compareAndSet(false, true)) {
            mailbox.add(() -> {
                hinted.set(false);
                look = true;
            });
        }
    }

    /// A receipt came to a conversation. Costs nothing where no send waits for one.
    void receipt(ConversationId conversation) {
        if (waitsForReceipts) {
            mailbox.add(() -> traffic.receipt(conversation));
        }
    }

    /// A wire may have come, or was shut.
    ///
    /// @param who came; null: anybody
    void wiresChanged(@Nullable String who) {
        mailbox.add(() -> traffic.wiresChanged(who));
    }

    /// Somebody wrote in a conversation: perhaps through another device than before. Costs nothing
    /// where no send waits for one.
    void spoke(ConversationId conversation) {
        if (waitsForWires) {
            mailbox.add(() -> traffic.spoke(conversation));
        }
    }

    /// Tries again what a stopped account holds.
    void release() {
        mailbox.add(traffic::release);
    }

    /// Starts nothing more through the account as it is open now.
    ///
    /// @return completes when nothing is under way any more
    CompletableFuture<Void> drain() {
        var idle = new CompletableFuture<Void>();
        mailbox.add(() -> {
            sender.drain();
            crew.whenIdle(idle);
        });
        return idle;
    }

    /// Starts nothing more at all.
    ///
    /// @return completes when nothing is under way any more
    CompletableFuture<Void> leave() {
        var idle = new CompletableFuture<Void>();
        leaving = true;
        mailbox.add(() -> {
            sender.leave();
            crew.whenIdle(idle);
        });
        return idle;
    }

    /// Ends the loop, whatever is under way.
    void end() {
        leaving = true;
        running = false;
        mailbox.add(() -> {});
    }

    private void run() {
        while (running) {
            try {
                step();
            } catch (RuntimeException unavailable) {
                LOG.warn(
                        "account={} the outbox cannot be read, trying again: {}",
                        id,
                        Failures.told(unavailable));
                look = true;
                pause();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void step() throws InterruptedException {
        var first = mailbox.poll(untilNext().toNanos(), TimeUnit.NANOSECONDS);
        for (var next = first; next != null; next = mailbox.poll()) {
            next.run();
        }
        if (leaving) {
            return;
        }
        boolean looked = look || first == null;
        look = false;
        // before anything is looked for: who speaks meanwhile is heard
        waitsForWires = waitsForWires || traffic.looksForWires();
        traffic.step(looked);
        waitsForReceipts = traffic.waitsForReceipts();
        waitsForWires = traffic.waitsForWires();
    }

    private Duration untilNext() {
        var next = leaving ? null : traffic.next();
        if (look && !leaving) {
            return Duration.ZERO;
        }
        if (next == null) {
            return pace.poll();
        }
        var wait = Duration.between(equipment.now(), next);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(pace.poll()) > 0 ? pace.poll() : wait;
    }

    private void pause() {
        try {
            Thread.sleep(pace.poll());
        } catch (InterruptedException _) {
            running = false;
        }
    }
}
