package io.tributary.host.inbound;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.model.Bytes;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.WebhookRequest;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// Measures what one webhook costs in this room: run it by hand. The journal answers at once and
/// keeps nothing.
final class WebhookCost {

    private static final int SENDERS = 5_000;

    private WebhookCost() {}

    public static void main(String[] arguments) throws Exception {
        var pager = new PagerService();
        var account = TestAccount.of(pager);
        var memory = new StagedJournal(Files.createTempDirectory("cost"), InstantSource.system());
        var journal = answeringAtOnce(memory.real());
        var inbox =
                new Inbox(
                        journal,
                        TimeOrderedIds.system(),
                        InstantSource.system(),
                        (_, _) -> {},
                        new SimpleMeterRegistry());
        var door = new WebhookDoor(account.alone(), inbox);
        for (int round = 1; round <= 6; round++) {
            measure(door, round);
        }
        memory.close();
    }

    private static void measure(WebhookDoor door, int round) throws InterruptedException {
        int count = 200_000;
        var places = new Semaphore(64);
        long cpu = cpu();
        long wall = System.nanoTime();
        for (int i = 0; i < count; i++) {
            places.acquire();
            door.receive("pager-us", request(round + "-" + i, i % SENDERS))
                    .whenComplete((_, _) -> places.release());
        }
        places.acquire(64);
        wall = System.nanoTime() - wall;
        cpu = cpu() - cpu;
        System.out.printf(
                "round %d: %.1f us CPU, %.0f webhooks/s%n",
                round, cpu / 1_000.0 / count, count * 1e9 / wall);
    }

    private static long cpu() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }

    private static WebhookRequest request(String key, int sender) {
        return WebhookRequest.of(
                        "POST",
                        URI.create("https://example.com/channels/pager-us/webhook"),
                        Bytes.utf8(key + "|+1555" + sender + "|" + "hello there, ".repeat(15)),
                        Instant.now())
                .header("x-token", "secret");
    }

    private static Journal answeringAtOnce(Journal memory) {
        return (Journal)
                Proxy.newProxyInstance(
                        WebhookCost.class.getClassLoader(),
                        new Class<?>[] {Journal.class},
                        (_, method, parameters) ->
                                switch (method.getName()) {
                                    case "append" -> done((Unit) parameters[0]);
                                    default -> method.invoke(memory, parameters);
                                });
    }

    private static CompletableFuture<Commit> done(Unit unit) {
        return CompletableFuture.completedFuture(
                new Commit.Done(
                        unit.items().stream()
                                .<Commit.Result>map(_ -> new Commit.Result.Stored(1, 1))
                                .toList()));
    }
}
