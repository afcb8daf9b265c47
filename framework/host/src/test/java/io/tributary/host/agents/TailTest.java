package io.tributary.host.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The tail")
final class TailTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    /// Keeps the news of commits back, so that a test can tell them late, in another order, or not
    /// at all.
    private static final class LateNews extends ForwardingJournal {

        private final List<List<Row>> news = Collections.synchronizedList(new ArrayList<>());
        private Consumer<List<Row>> listener = _ -> {};

        LateNews(TestLog log) {
            super(log.journal);
        }

        @Override
        public AutoCloseable onCommit(Consumer<List<Row>> told) {
            listener = told;
            return super.onCommit(news::add);
        }

        void tell(Random order) {
            List<List<Row>> all;
            synchronized (news) {
                all = new ArrayList<>(news);
                news.clear();
            }
            Collections.shuffle(all, order);
            all.forEach(listener);
        }
    }

    private static List<Long> positions(Tail tail, long after) {
        return tail.after(after, 10_000).orElse(List.of()).stream().map(Event::position).toList();
    }

    @Test
    @DisplayName("puts commits that are told in any order in theirs, and reads what is missing")
    void anyOrder() {
        try (var log = new TestLog(folder)) {
            var journal = new LateNews(log);
            try (var tail =
                    new Tail(
                            journal,
                            new Cursors(log.journal.log()),
                            1_000,
                            1 << 20,
                            Duration.ofMinutes(10))) {
                TestLog.Talk talk = log.talk(TestLog.EAST, "1");
                for (int i = 0; i < 100; i++) {
                    log.say(talk, "text");
                }
                await().until(() -> journal.news.size() >= 100);
                journal.tell(new Random(7));

                await().until(() -> tail.head() == 100);
                List<Long> positions = positions(tail, 0);
                assertThat(positions).hasSize(100).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Test
    @DisplayName("finds by itself what nobody told it of")
    void nobodyTold() {
        try (var log = new TestLog(folder);
                var tail =
                        new Tail(
                                new LateNews(log),
                                new Cursors(log.journal.log()),
                                1_000,
                                1 << 20,
                                Duration.ofMillis(50))) {
            log.sayMany(log.talk(TestLog.EAST, "1"), 30);

            await().until(() -> tail.head() == 30);
            assertThat(positions(tail, 10)).hasSize(20).startsWith(11L).endsWith(30L);
        }
    }

    @Test
    @DisplayName("keeps no more rows and bytes than it may, and sends older readers to the log")
    void bounded() {
        try (var log = new TestLog(folder);
                var few =
                        new Tail(
                                log.journal,
                                new Cursors(log.journal.log()),
                                16,
                                1 << 20,
                                Duration.ofMillis(50));
                var small =
                        new Tail(
                                log.journal,
                                new Cursors(log.journal.log()),
                                1_000,
                                2_000,
                                Duration.ofMillis(50))) {
            log.sayMany(log.talk(TestLog.EAST, "1"), 100);

            await().until(() -> few.head() == 100 && small.head() == 100);
            assertThat(few.after(83, 1_000)).isEmpty();
            assertThat(positions(few, 84)).hasSize(16);
            assertThat(small.after(50, 1_000)).isEmpty();
            assertThat(positions(small, 99)).containsExactly(100L);
        }
    }

    @Test
    @DisplayName("wakes who waits")
    void wakes() throws Exception {
        try (var log = new TestLog(folder);
                var tail =
                        new Tail(
                                log.journal,
                                new Cursors(log.journal.log()),
                                16,
                                1 << 20,
                                Duration.ofMinutes(10))) {
            TestLog.Talk talk = log.talk(TestLog.EAST, "1");
            Thread waiter =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    tail.awaitBeyond(0, Duration.ofMinutes(5));
                                } catch (InterruptedException stop) {
                                    throw new AssertionError(stop);
                                }
                            });
            log.say(talk, "text");

            assertThat(waiter.join(Duration.ofSeconds(10))).isTrue();
            tail.awaitBeyond(tail.head(), Duration.ofMillis(5));
        }
    }
}
