package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.HoldsConnections;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Http;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Sends;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Whether the classes of a version go when its last account has gone: what stays at each upgrade
/// fills the member's memory in the end.
final class ReloadChecks {

    private static final int RELOADS = 200;
    private static final int MOST_AT_ONCE = 4;

    /// So many tell already whether each stays; more would only fill the memory.
    private static final int FIRST = 5;

    /// How often the collector runs in vain before what is left counts as held.
    private static final int IN_VAIN = 20;

    /// The same at the end, where many are to go.
    private static final int IN_VAIN_AT_LAST = 200;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ContractSubject subject;
    private final ReferenceQueue<ReloadedClasses> collected = new ReferenceQueue<>();
    private final List<WeakReference<ReloadedClasses>> loaded = new CopyOnWriteArrayList<>();

    /// One version from its loading to its close.
    @FunctionalInterface
    private interface Life {
        void live(int number) throws Exception;
    }

    ReloadChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.gold(
                        "200 reloads leave nothing behind",
                        "End in close() what open() or a call began: threads, timers, hooks, listeners,"
                                + " entries in lists of the JDK.",
                        this::reloads));
    }

    private void reloads() throws Exception {
        var type = subject.channel().getClass();
        var source = ReloadedClasses.Source.of(type);
        loaded.clear();
        try (var http = new FakeHttp(PATIENCE);
                var provider = LoopbackProvider.playing(answer());
                var simulator = simulator()) {
            // Threads that everybody shares begin here, and in nobody's classes.
            http.send(Http.Call.get(provider.uri()));
            Life life =
                    number -> {
                        if (simulator != null) {
                            // who polls need not wait for something to come
                            simulator.say(0, "word " + number);
                        }
                        var at = simulator == null ? provider.uri() : simulator.uri();
                        live(source, number, type.getName(), http, at);
                    };
            for (int number = 0; number < FIRST; number++) {
                life.live(number);
            }
            assertCollected(IN_VAIN, 0);
            sideBySide(life);
        }
        assertCollected(IN_VAIN_AT_LAST, 1);
    }

    /// What connections connect to; null where there are none.
    private @Nullable Simulator simulator() throws Exception {
        return subject.abilities().have(HoldsConnections.class) ? subject.simulator() : null;
    }

    /// The rest. Each version links its code anew, which is what takes the time.
    private static void sideBySide(Life life) throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        try (var pool = Executors.newFixedThreadPool(Math.clamp(processors, 1, MOST_AT_ONCE))) {
            var lives = new ArrayList<Future<?>>();
            for (int number = FIRST; number < RELOADS; number++) {
                int its = number;
                lives.add(
                        pool.submit(() -> {
                            life.live(its);
                            return true;
                        }));
            }
            for (var one : lives) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(
                    "a version loaded anew failed: " + failed.getCause(), failed.getCause());
        }
    }

    private Turn answer() {
        return subject.hasAnswer() ? subject.answerWhenTaken() : Turn.answer(503);
    }

    private void live(
            ReloadedClasses.Source source, int number, String name, FakeHttp http, URI provider)
            throws Exception {
        var loader = source.load(number);
        loaded.add(new WeakReference<>(loader, collected));
        var host = new FakeHost(http);
        try (var account = host.open(loader.channel(name), subject.settings(provider))) {
            work(host, account);
        } finally {
            ResourceBundle.clearCache(loader);
        }
    }

    /// As much of a life as each ability can be called in.
    private void work(FakeHost host, HostedAccount account) throws Exception {
        if (account.account() instanceof ReceivesWebhooks) {
            assertThat(account.webhook(subject.webhook()).problem())
                    .as("why a version loaded anew refused a genuine webhook")
                    .isEmpty();
        }
        if (account.account() instanceof Sends) {
            account.send(subject.text(host.clock().instant()));
        }
        if (account.account() instanceof HoldsConnections) {
            try (var connection = account.connect(0)) {
                subject.patience()
                        .until(
                                "run() to end or to report how it is",
                                () ->
                                        !connection.endings().isEmpty()
                                                || !host.reported().isEmpty());
            }
        }
        if (account.account() instanceof HostsDevices) {
            try (var device = account.knock(subject.handshake())) {
                device.says(subject.says("a word from the contract"));
                assertThat(host.stored())
                        .as("what a device said to a version loaded anew")
                        .isNotEmpty();
            }
        }
    }

    /// @param unseen so many may stay if nobody can be seen who holds them. When each of the first
    ///   has gone, one of 200 is no leak: the system keeps what was thrown last on a carrier of
    ///   virtual threads as long as that is idle
    private void assertCollected(int most, int unseen) throws InterruptedException {
        int left = left();
        for (int inVain = 0; left > 0 && inVain < most; inVain++) {
            System.gc();
            // of those that went before it is told still, and would end each pause at once
            drain();
            collected.remove(PAUSE.toMillis());
            int now = left();
            inVain = now < left ? 0 : inVain;
            left = now;
        }
        List<ReloadedClasses> held =
                loaded.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
        if (held.isEmpty()
                || (held.size() <= unseen
                        && held.stream().allMatch(each -> Holders.seen(each).isEmpty()))) {
            return;
        }
        throw new AssertionError(
                held.size()
                        + " of "
                        + loaded.size()
                        + " versions stayed in memory after close(): "
                        + Holders.of(held.getFirst()));
    }

    private void drain() {
        while (collected.poll() != null) {
            // it counts no more
        }
    }

    private int left() {
        return Math.toIntExact(loaded.stream().filter(each -> !each.refersTo(null)).count());
    }
}
