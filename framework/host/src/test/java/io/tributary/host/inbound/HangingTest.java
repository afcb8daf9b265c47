package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.calls.BoundedCalls;
import io.tributary.host.calls.Quarantine;
import io.tributary.host.calls.Watchdog;
import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Arrival;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.Outcome;
import io.tributary.spi.Outcome.Fate;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Pieces and dead letters of all accounts are looked after together.
@DisplayName("a translation that never ends")
final class HangingTest extends InboundTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Watchdog watchdog = new Watchdog();
    private final BoundedCalls calls =
            new BoundedCalls(
                    new PluginVersion("pager", "1.0.0"),
                    HangingTest.class.getClassLoader(),
                    16,
                    new Quarantine(),
                    watchdog,
                    text -> text);
    private final TestAccount hanging =
            new TestAccount(AccountId.of("pager-hanging"), pager, calls);

    @AfterEach
    void letGo() {
        end.countDown();
        calls.close();
        watchdog.close();
    }

    /// Takes no notice of an interrupt.
    private List<Inbound> hang(Arrival arrival) {
        begun.countDown();
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException ignored) {
                // the wrong that is tried
            }
        }
        return List.of();
    }

    private static RawEvent piece(String line) {
        return PagerService.event(line).piece(Piece.counted("g", 1, 1, PATIENCE));
    }

    private List<Fate> deliver(TestAccount to, RawEvent event) {
        return answer(inbox.deliver(to, pager, null, Delivery.of(List.of(event)))).stream()
                .map(Outcome::fate)
                .toList();
    }

    @Test
    @DisplayName("holds no whole of another account, and is tried again later itself")
    void wholes() {
        var usual = pager.together;
        pager.together =
                arrival ->
                        arrival.event().body().utf8().contains("hang")
                                ? hang(arrival)
                                : usual.apply(arrival);
        assertThat(deliver(hanging, piece("k1|+1|hang"))).containsExactly(Fate.GATHERED);
        later(Duration.ofSeconds(1));
        assertThat(deliver(account, piece("k2|+1|go on"))).containsExactly(Fate.GATHERED);

        try (var _ = new Wholes(account.with(hanging), inbox).start()) {
            await().untilAsserted(() ->
                    assertThat(log()).extracting(one -> one.fallbackText()).contains("go on."));
        }

        assertThat(begun.getCount()).as("it was tried, and before the other").isZero();
        assertThat(journal.real().pieces().waiting(hanging.id(), "g"))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.due()).isAfter(now));
        assertThat(letters()).isEmpty();
    }

    @Test
    @DisplayName("holds no replay: its dead letter stays, and why is said")
    void replay() throws Exception {
        pager.say(
                "bad",
                (String _) -> {
                    throw new IllegalStateException("a bug");
                });
        assertThat(deliver(hanging, PagerService.event("k1|+1|bad")))
                .containsExactly(Fate.DEAD_LETTER);
        pager.say("bad", (String _) -> hang(Arrival.of(PagerService.event("k1|+1|bad"), now)));
        long letter = letters().getFirst().id();
        var replay = new Replay(account.with(hanging), inbox);

        var result = new CompletableFuture<Replay.Result>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(replay.replay(letter, "operator"));
                    } catch (InterruptedException | RuntimeException failure) {
                        result.completeExceptionally(failure);
                    }
                });

        assertThat(result.get(15, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Replay.Result.Failed.class,
                        failed -> assertThat(failed.why()).contains("hangs"));
        assertThat(letters().getFirst().closedAt()).isNull();
        assertThat(begun.getCount()).isZero();
    }
}
