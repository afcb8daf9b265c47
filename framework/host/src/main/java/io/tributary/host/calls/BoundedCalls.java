package io.tributary.host.calls;

import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way into one channel of one plugin version: at most so many calls at once, each with a
/// deadline that the [Watchdog] keeps.
///
/// An undisturbed call costs one small object and four atomic writes. A call that is stuck gives
/// its place back, so that the others go on; see [Quarantine] for what follows.
public final class BoundedCalls implements Calls, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedCalls.class);
    private static final long IDLE_POLL = TimeUnit.MILLISECONDS.toNanos(5);

    private final PluginVersion plugin;
    private final String threads;
    private final ClassLoader loader;
    private final Bulkhead bulkhead;
    private final Quarantine quarantine;
    private final Watchdog watchdog;
    private final Thrown thrown;
    private final Relay relay;
    private final CallCounts counts = new CallCounts();
    private final Set<Thread> staying = ConcurrentHashMap.newKeySet();
    private final Set<RunningCall> abandoned = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// Calls into one plugin version.
    ///
    /// @param plugin names threads and messages
    /// @param loader becomes the context class loader of calls
    /// @param atOnce how many calls run side by side; others wait
    /// @param redact takes known secrets out of what plugins throw
    public BoundedCalls(
            PluginVersion plugin,
            ClassLoader loader,
            int atOnce,
            Quarantine quarantine,
            Watchdog watchdog,
            UnaryOperator<String> redact) {
        this.plugin = plugin;
        this.threads = plugin.id() + '/' + plugin.version() + ' ';
        this.loader = loader;
        this.bulkhead = new Bulkhead(atOnce);
        this.quarantine = quarantine;
        this.watchdog = watchdog;
        this.thrown = new Thrown(redact);
        this.relay = new Relay(work -> thread(threads + "relay", work), this::run);
        watchdog.watch(this);
        quarantine.whenEntered(_ -> staying.forEach(Thread::interrupt));
    }

    @Override
    public void start(AccountId account, String what, Runnable work) {
        thread(name(account, what), work);
    }

    @Override
    public void relay(AccountId account, String what, Runnable work) {
        relay.give(() -> {
            Thread.currentThread().setName(name(account, what));
            work.run();
        });
    }

    private String name(AccountId account, String what) {
        return threads + account.value() + ' ' + what;
    }

    private void thread(String name, Runnable work) {
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(() -> run(work));
    }

    @Override
    public <T> T call(Kind kind, AccountId account, Callable<T> body, Runnable whenStuck)
            throws PluginFailure, InterruptedException {
        if (!bulkhead.enter(kind)) {
            throw crowded(kind, account);
        }
        var pass = Pass.FREE;
        if (closed || quarantine.active()) {
            pass = closed || !watchdog.canRiskOne() ? Pass.REFUSED : quarantine.pass(kind);
            if (pass == Pass.REFUSED) {
                bulkhead.leave(kind);
                throw refused(kind, account);
            }
        }
        var thread = Thread.currentThread();
        var call = new RunningCall(thread, kind, account, whenStuck, System.nanoTime(), pass);
        bulkhead.take(call, thread.threadId());
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        @Nullable T result = null;
        @Nullable PluginFailure failure = null;
        boolean interrupted = false;
        try {
            result = body.call();
        } catch (InterruptedException interrupt) {
            interrupted = true;
            failure = thrown.late(interrupt, kind);
        } catch (Throwable anything) {
            failure = thrown.copy(anything);
        }
        thread.setContextClassLoader(before);
        return settle(call, result, failure, interrupted);
    }

    @Override
    public Pause pause() {
        var call = bulkhead.on(Thread.currentThread());
        if (call == null || !call.pause()) {
            return () -> {};
        }
        bulkhead.stepOut(call);
        return () -> {
            bulkhead.stepIn(call, Thread.currentThread().threadId());
            call.resume();
        };
    }

    @Override
    public void stay(AccountId account, Body body) throws PluginFailure, InterruptedException {
        var thread = Thread.currentThread();
        staying.add(thread);
        var before = thread.getContextClassLoader();
        try {
            // after it was added: whoever closes meanwhile interrupts it, or is seen here
            if (closed || quarantine.active()) {
                throw refused();
            }
            thread.setContextClassLoader(loader);
            body.run();
        } catch (PluginFailure | InterruptedException told) {
            throw told;
        } catch (Throwable anything) {
            throw thrown.copy(anything);
        } finally {
            thread.setContextClassLoader(before);
            staying.remove(thread);
        }
    }

    @Override
    public Runnable givenUp(AccountId account, String what) {
        watchdog.countStuck();
        var named = what + " of account " + account;
        LOG.error("plugin {}: {} did not leave and was given up", plugin, named);
        stuck(null, named);
        var counted = new AtomicBoolean();
        return () -> {
            if (counted.compareAndSet(false, true)) {
                watchdog.countEnded();
            }
        };
    }

    private void stuck(@Nullable Kind kind, String what) {
        if (quarantine.stuck(kind, what)) {
            LOG.error("plugin {}: {}", plugin, quarantine.why().orElse(""));
        }
    }

    /// How the calls went.
    public CallFigures figures() {
        return new CallFigures(bulkhead.running(), bulkhead.waiting(), counts.byKind());
    }

    /// What went wrong lately, the latest first.
    public List<RecentFailure> recentFailures() {
        return counts.recent();
    }

    /// Waits until no call runs and none waits. Stuck calls are not waited for.
    ///
    /// @return false when some still do after `limit`
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!idle()) {
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(this, IDLE_POLL);
        }
        return true;
    }

    private boolean idle() {
        // away is looked at between the others: who steps out or in is seen by one of them
        return bulkhead.running() == 0
                && bulkhead.away() == 0
                && bulkhead.running() == 0
                && bulkhead.waiting() == 0
                && staying.isEmpty();
    }

    /// Refuses every further call, and sends away what stays. Calls that run are still watched
    /// until they end; those that were given up are interrupted once more.
    @Override
    public void close() {
        closed = true;
        relay.close();
        staying.forEach(Thread::interrupt);
        abandoned.forEach(RunningCall::interrupt);
    }

    @Override
    public Optional<String> refusal() {
        return quarantine.why();
    }

    /// Looks at what runs, on the watchdog's thread.
    void look(long now) {
        relay.look();
        for (int place = 0; place < bulkhead.size(); place++) {
            var call = bulkhead.at(place);
            if (call != null && call.look(now)) {
                abandoned.add(call);
                // counted first: whoever is told that a call was given up finds it in the total
                watchdog.countStuck();
                giveUp(call);
            }
        }
        if (closed && bulkhead.running() == 0 && bulkhead.away() == 0) {
            watchdog.leave(this);
        }
    }

    /// How many calls, those that were given up among them, seem to hold a carrier for themselves.
    int holding(long now) {
        int holding = 0;
        for (int place = 0; place < bulkhead.size(); place++) {
            var call = bulkhead.at(place);
            if (call != null && call.holds(now)) {
                holding++;
            }
        }
        for (var call : abandoned) {
            if (call.holds(now)) {
                holding++;
            }
        }
        return holding;
    }

    private <T> T settle(
            RunningCall call,
            @Nullable T result,
            @Nullable PluginFailure failure,
            boolean interrupted)
            throws PluginFailure, InterruptedException {
        var phase = call.end();
        if (phase == RunningCall.Phase.STUCK) {
            if (abandoned.remove(call)) {
                watchdog.countEnded();
            }
            throw PluginFailure.of(
                    PluginFailure.Cause.STUCK, call.kind.title() + " was given up before it ended");
        }
        bulkhead.leave(call);
        counts.ended(call.kind, System.nanoTime() - call.began);
        switch (call.pass) {
            case TRIAL -> tried(call.kind, phase, failure, interrupted);
            case ALONG -> quarantine.over();
            case FREE, REFUSED -> {}
        }
        if (failure == null) {
            return present(call, result);
        }
        if (phase == RunningCall.Phase.INTERRUPTED) {
            var late =
                    failure.why() == PluginFailure.Cause.DEADLINE
                            ? failure
                            : late(call.kind, failure);
            counts.failed(call.kind, call.account, late);
            throw late;
        }
        if (interrupted) {
            throw new InterruptedException(call.kind.title() + " was interrupted");
        }
        counts.failed(call.kind, call.account, failure);
        throw failure;
    }

    /// What a plugin says of an event or its provider is an answer, too.
    private void tried(
            Kind kind,
            RunningCall.Phase phase,
            @Nullable PluginFailure failure,
            boolean interrupted) {
        if (interrupted && phase == RunningCall.Phase.RUNNING) {
            quarantine.undecided();
            return;
        }
        boolean answered =
                phase == RunningCall.Phase.RUNNING
                        && (failure == null
                                || switch (failure.why()) {
                                    case MALFORMED, NOT_STORED, TROUBLE -> true;
                                    case THROWN, DEADLINE, STUCK, CLOSED -> false;
                                });
        if (!answered) {
            quarantine.bad();
            LOG.error("plugin {}: its trial failed; {}", plugin, quarantine.why().orElse(""));
        } else if (quarantine.good(kind)) {
            LOG.warn("plugin {}: its trial went well, it is called again", plugin);
        } else {
            LOG.warn(
                    "plugin {}: its trial by {} went well; {}",
                    plugin,
                    kind.title(),
                    quarantine.why().orElse(""));
        }
    }

    /// A plugin that returns null where its contract has no null is wrong, and is told so here
    /// rather than somewhere in the host.
    private <T> T present(RunningCall call, @Nullable T result) throws PluginFailure {
        if (result == null) {
            var nothing =
                    PluginFailure.of(
                            PluginFailure.Cause.THROWN, call.kind.title() + " returned null");
            counts.failed(call.kind, call.account, nothing);
            throw nothing;
        }
        return result;
    }

    private static PluginFailure late(Kind kind, PluginFailure failure) {
        return new PluginFailure(
                PluginFailure.Cause.DEADLINE,
                failure.type(),
                kind.title() + " did not end within " + kind.deadline().toMillis() + " ms",
                failure.trace(),
                null,
                null);
    }

    private void giveUp(RunningCall call) {
        bulkhead.leave(call);
        var what = call.kind.title() + " of account " + call.account;
        counts.failed(
                call.kind,
                call.account,
                PluginFailure.of(PluginFailure.Cause.STUCK, what + " was given up"));
        LOG.error("plugin {}: {} is stuck and was given up", plugin, what);
        if (call.pass != Pass.FREE) {
            quarantine.bad();
        }
        try {
            stuck(call.kind, what);
        } finally {
            // whoever waits is answered, whatever those fail with who are told of a quarantine
            run(call.whenStuck);
        }
    }

    private PluginFailure refused(Kind kind, AccountId account) {
        var refused = refused();
        counts.failed(kind, account, refused);
        return refused;
    }

    private PluginFailure crowded(Kind kind, AccountId account) {
        var crowded =
                PluginFailure.of(
                        PluginFailure.Cause.CLOSED,
                        "too many wait for a " + kind.title() + " of this channel");
        counts.failed(kind, account, crowded);
        return crowded;
    }

    private PluginFailure refused() {
        return PluginFailure.of(
                PluginFailure.Cause.CLOSED,
                quarantine.why().orElse("this version of the plugin is closed"));
    }

    /// What the host itself does around calls must not end a thread unheard.
    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            LOG.error(
                    "plugin {}: the work around a call failed with {} at {}",
                    plugin,
                    failure.getClass().getName(),
                    failure.getStackTrace().length == 0 ? "?" : failure.getStackTrace()[0]);
        }
    }
}
