package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Filter;
import io.tributary.host.journal.Row;
import io.tributary.host.phones.PhoneNumbers;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Interaction;
import io.tributary.model.Signal;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of the way in begin with: one account of a pager service, and a journal in memory.
abstract class InboundTest {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir Path folder;
    final PagerService pager = new PagerService();
    final TestAccount account = TestAccount.of(pager);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ConcurrentLinkedQueue<Signal> signals = new ConcurrentLinkedQueue<>();
    volatile Instant now = NOW;
    final InstantSource clock = () -> now;
    StagedJournal journal;
    Inbox inbox;
    WebhookDoor door;

    @BeforeEach
    void openJournal() {
        journal = new StagedJournal(folder, clock);
        inbox =
                new Inbox(
                        journal.staged(),
                        TimeOrderedIds.system(),
                        clock,
                        (_, signal) -> signals.add(signal),
                        meters,
                        new PhoneNumbers(regions(), meters));
        door = new WebhookDoor(account.alone(), inbox);
    }

    /// Countries of accounts' telephone numbers.
    Map<AccountId, String> regions() {
        return Map.of();
    }

    @AfterEach
    void closeJournal() {
        journal.close();
    }

    WebhookRequest request(String... lines) {
        return WebhookRequest.of(
                        "POST",
                        URI.create("https://example.com/channels/pager-us/webhook"),
                        Bytes.utf8(String.join("\n", lines)),
                        now)
                .header("x-token", "secret");
    }

    WebhookReply post(String... lines) {
        return answer(door.receive("pager-us", request(lines)));
    }

    static <T> T answer(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    void stored(String... lines) {
        assertThat(post(lines).status()).isEqualTo(204);
    }

    List<Interaction> log() {
        return journal.real().log().after(0, Filter.ALL, 1_000).rows().stream()
                .map(InboundTest::read)
                .toList();
    }

    Interaction last() {
        return log().getLast();
    }

    static Interaction read(Row row) {
        return InteractionJson.decode(row.body().toArray(), row.position());
    }

    <C extends Change> List<C> changes(Class<C> kind) {
        return journal.changes().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<DeadLetters.DeadLetter> letters() {
        return journal.real().deadLetters().page(DeadLetters.Query.ALL, Long.MAX_VALUE, 100);
    }

    List<Directory.Parked> parked() {
        return journal.real()
                .directory()
                .parkedBefore(Instant.parse("2100-01-01T00:00:00Z"), 0, 100);
    }

    void later(Duration time) {
        now = now.plus(time);
    }
}
