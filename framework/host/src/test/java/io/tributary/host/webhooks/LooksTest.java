package io.tributary.host.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.Look;
import io.tributary.host.journal.WebhookRecords.Setup;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.model.Bytes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("webhooks that are woken at once")
@Timeout(60)
final class LooksTest {

    private static final long US = 7;
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir Path folder = Path.of("");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Optional<Look>> found = new ConcurrentHashMap<>();
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile boolean broken;

    @SuppressWarnings("NullAway.Init") // before each test
    private Journal journal;

    @SuppressWarnings("NullAway.Init") // before each test
    private Looks looks;

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder, JournalOptions.standard());
        for (int i = 0; i < 20; i++) {
            add("hook-" + i);
            assertThat(take("hook-" + i, US)).isTrue();
        }
        looks = new Looks(slow(), US);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void add(String id) {
        var setup =
                new Setup(
                        id,
                        id,
                        "https://app.example/hook",
                        "{}",
                        Bytes.EMPTY,
                        null,
                        null,
                        State.ACTIVE,
                        "",
                        NOW,
                        NOW);
        journal.append(Unit.of(new Change.PutWebhook(setup, "0"))).join().need();
    }

    private boolean take(String id, long holder) {
        return journal.webhooks().take(id, holder, NOW, Duration.ofMinutes(1));
    }

    /// The real ones, of which the first question waits.
    private WebhookRecords slow() {
        return (WebhookRecords)
                Proxy.newProxyInstance(
                        LooksTest.class.getClassLoader(),
                        new Class<?>[] {WebhookRecords.class},
                        (_, method, arguments) -> invoke(method, arguments));
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        asked.add(method.getName());
        if (asked.size() == 1) {
            answered.await();
        } else if (broken) {
            throw new JournalUnavailable("the disk is away");
        }
        try {
            return method.invoke(journal.webhooks(), arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private Thread ask(String id) {
        return Thread.startVirtualThread(() -> {
            try {
                found.put(id, looks.of(id));
            } catch (InterruptedException | JournalUnavailable none) {
                // it found nothing
            }
        });
    }

    /// All wait: the first for the database, the others for it.
    private List<Thread> wake() {
        List<Thread> woken = new ArrayList<>();
        woken.add(ask("hook-0"));
        Awaitility.await().until(() -> asked.size() == 1);
        for (int i = 1; i < 20; i++) {
            woken.add(ask("hook-" + i));
        }
        Awaitility.await()
                .until(() ->
                        woken.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
        return woken;
    }

    private static void end(List<Thread> threads) throws InterruptedException {
        for (Thread each : threads) {
            each.join();
        }
    }

    @Test
    @DisplayName("ask the database twice, and each finds how it stands with itself")
    void together() throws Exception {
        List<Thread> woken = wake();
        answered.countDown();
        end(woken);

        assertThat(asked).containsExactly("look", "looks");
        assertThat(found).hasSize(20);
        found.forEach((id, look) -> assertThat(look).isEqualTo(journal.webhooks().look(id)));
    }

    @Test
    @DisplayName("find what was changed after the question before was put")
    void notOlder() throws Exception {
        List<Thread> woken = wake();
        journal.append(Unit.of(new Change.RemoveWebhook("hook-3"))).join().need();
        journal.webhooks().release(US);
        assertThat(take("hook-4", US + 1)).isTrue();
        answered.countDown();
        end(woken);

        assertThat(found.get("hook-3")).isEmpty();
        assertThat(found.get("hook-4")).isEmpty();
        assertThat(found.get("hook-5")).isPresent();
    }

    @Test
    @DisplayName("all wait where the database cannot be asked, and ask anew afterwards")
    void unavailable() throws Exception {
        List<Thread> woken = wake();
        broken = true;
        answered.countDown();
        end(woken);
        assertThat(found).containsOnlyKeys("hook-0");
        assertThatThrownBy(() -> looks.of("hook-1")).isInstanceOf(JournalUnavailable.class);

        broken = false;

        assertThat(looks.of("hook-1")).isPresent();
    }
}
