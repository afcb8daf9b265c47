package io.tributary.host.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Filter;
import io.tributary.model.Direction;
import io.tributary.model.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The stream")
final class StreamsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private TestLog log;

    @SuppressWarnings("NullAway.Init") // before each test
    private Agents agents;

    @BeforeEach
    void open() {
        log = new TestLog(folder);
        agents = agents(64, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    private Agents agents(int rows, Duration heartbeat, Duration patience) {
        return new Agents(
                log.journal,
                InstantSource.system(),
                new Agents.Options(rows, 1 << 20, Duration.ofMillis(200), heartbeat, patience));
    }

    @AfterEach
    void close() {
        agents.close();
        log.close();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    @DisplayName("brings what is committed, in order, each once")
    void live() {
        var sink = new HeardSink();
        agents.streams().open(Filter.ALL, 0, sink);
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");

        log.sayMany(talk, 500);

        await().until(() -> sink.positions.size() >= 500);
        assertThat(sink.positions).isEqualTo(upTo(500));
        assertThat(agents.cursors().need(sink.cursors.get(41))).isEqualTo(42);
    }

    @Test
    @DisplayName("shows signals to those who asked, of the accounts that they may see, each once")
    void signals() {
        var all = new HeardSink();
        var east = new HeardSink();
        var none = new HeardSink();
        var one = new HeardSink();
        var end = new Watched.End(TestLog.WEST, "desk", "ada");
        agents.streams().open(Filter.ALL, 0, new Watched(Set.of(), null), all);
        agents.streams().open(Filter.ALL, 0, new Watched(Set.of(TestLog.EAST), null), east);
        agents.streams().open(Filter.ALL, 0, new Watched(Set.of(), end), one);
        agents.streams().open(Filter.ALL, 0, none);

        agents.streams().show(TestLog.EAST, Signal.transcript("desk", "bo", "my \"bike\""));
        agents.streams().show(TestLog.WEST, Signal.of(Signal.Kind.TYPING, "desk", "ada"));
        agents.streams().show(TestLog.WEST, Signal.of(Signal.Kind.IDLE, "desk", "bo"));
        log.sayMany(log.talk(TestLog.EAST, "1"), 1);

        await().until(() -> none.positions.size() == 1 && all.signals.size() == 3);
        await().until(() -> one.positions.size() == 1 && east.positions.size() == 1);
        assertThat(none.signals).isEmpty();
        assertThat(east.signals).hasSize(1);
        assertThat(one.signals).hasSize(1);
        var event = JsonMapper.shared().readTree(east.signals.getFirst());
        assertThat(event.path("type").asString()).isEqualTo("io.tributary.signal.transcript.v1");
        assertThat(event.has("cursor")).isFalse();
        assertThat(event.at("/data/text").asString()).isEqualTo("my \"bike\"");
        assertThat(event.at("/data/account").asString()).isEqualTo(TestLog.EAST.value());
        assertThat(JsonMapper.shared().readTree(one.signals.getFirst()).at("/data/kind").asString())
                .isEqualTo("typing");
    }

    @Test
    @DisplayName("loses the oldest signals of a reader that takes nothing, and those that are late")
    void signalsOfTheSlow() {
        var slow = new HeardSink();
        slow.reading = false;
        Subscription mine = agents.streams().open(Filter.ALL, 0, new Watched(Set.of(), null), slow);
        var brief = Signal.of(Signal.Kind.IDLE, "desk", "late").lasting(Duration.ofMillis(1));
        for (int i = 0; i < 100; i++) {
            String address = "a" + i;
            agents.streams().show(TestLog.EAST, Signal.of(Signal.Kind.TYPING, "desk", address));
        }
        agents.streams().show(TestLog.EAST, brief);
        long shown = System.nanoTime();
        await().until(() -> System.nanoTime() - shown > brief.lasts().toNanos());

        slow.reading = true;
        mine.drained();
        await().until(() -> slow.signals.size() >= 63);
        assertThat(slow.signals).hasSize(63).noneMatch(each -> each.contains("late"));
        assertThat(slow.signals.getLast()).contains("a99");
    }

    @Test
    @DisplayName("goes on from any cursor, also far behind what is in memory")
    void behind() {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        log.sayMany(talk, 1_000);
        var fromStart = new HeardSink();
        var fromMiddle = new HeardSink();

        agents.streams().open(Filter.ALL, 0, fromStart);
        agents.streams().open(Filter.ALL, 990, fromMiddle);
        log.sayMany(talk, 10);

        await().until(() ->
                fromStart.positions.size() >= 1_010 && fromMiddle.positions.size() >= 20);
        assertThat(fromStart.positions).isEqualTo(upTo(1_010));
        assertThat(fromMiddle.positions).isEqualTo(upTo(1_010).subList(990, 1_010));
    }

    @Test
    @DisplayName("read with 500 random disconnects has every row once")
    void randomDisconnects() throws Exception {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        var random = new Random(42);
        Thread writer =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; i < 50; i++) {
                                log.sayMany(talk, 100);
                            }
                        });
        List<Long> all = new ArrayList<>();
        long position = 0;
        for (int connection = 0; connection < 500 || all.size() < 5_000; connection++) {
            var sink = new HeardSink();
            sink.most = 1 + random.nextInt(30);
            try (Subscription mine = agents.streams().open(Filter.ALL, position, sink)) {
                assertThat(mine).isNotNull();
                int wanted =
                        Math.min(5_000 - all.size(), Math.min(sink.most, 1 + random.nextInt(10)));
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> sink.positions.size() >= wanted);
            }
            // the client knows what it has read, not what the server has written meanwhile
            List<Long> written = List.copyOf(sink.positions);
            int read = written.isEmpty() ? 0 : 1 + random.nextInt(written.size());
            all.addAll(written.subList(0, read));
            position = read == 0 ? position : agents.cursors().need(sink.cursors.get(read - 1));
        }
        writer.join();

        assertThat(all).isEqualTo(upTo(5_000));
        assertThat(agents.streams().size()).isZero();
    }

    @Test
    @DisplayName("shows only what a reader wants, and its heartbeats move the cursor past the rest")
    void filtered() {
        agents.close();
        agents = agents(64, Duration.ofMillis(1), Duration.ofMinutes(1));
        TestLog.Talk east = log.talk(TestLog.EAST, "1");
        TestLog.Talk west = log.talk(TestLog.WEST, "1");
        var sink = new HeardSink();
        agents.streams()
                .open(
                        new Filter(
                                Set.of(),
                                Set.of(TestLog.WEST),
                                null,
                                Set.of(),
                                Direction.INBOUND,
                                Set.of("text")),
                        0,
                        sink);

        log.sayMany(east, 200);
        long wanted = log.say(west, "here");
        log.sayMany(east, 200);

        await().until(() ->
                !sink.heartbeats.isEmpty()
                        && agents.cursors().need(sink.heartbeats.getLast()) == 401);
        assertThat(sink.positions).containsExactly(wanted);
    }

    @Test
    @DisplayName("waits for a slow reader without holding others up, and ends one that is stuck")
    void slowReader() {
        agents.close();
        agents = agents(64, Duration.ofMinutes(1), Duration.ofMillis(1_500));
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        var slow = new HeardSink();
        var stuck = new HeardSink();
        var quick = new HeardSink();
        slow.most = 100;
        stuck.reading = false;
        Subscription slowly = agents.streams().open(Filter.ALL, 0, slow);
        agents.streams().open(Filter.ALL, 0, stuck);
        agents.streams().open(Filter.ALL, 0, quick);

        log.sayMany(talk, 2_000);

        await().until(() -> quick.positions.size() == 2_000);
        assertThat(slow.positions.size()).isLessThan(2_000);
        slow.most = Integer.MAX_VALUE;
        slowly.drained();
        await().until(() -> slow.positions.size() >= 2_000);
        assertThat(slow.positions).isEqualTo(upTo(2_000));
        await().until(() -> stuck.ended == Sink.Ending.STUCK);
        assertThat(stuck.positions).isEmpty();
        assertThat(quick.ended).isNull();
        await().until(() -> agents.streams().size() == 2);
    }

    @Test
    @DisplayName("tells a reader whose place is not kept any more")
    void expired() {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        log.sayMany(talk, 200);
        var sink = new HeardSink();
        sink.reading = false;
        Subscription reader = agents.streams().open(Filter.ALL, 0, sink);
        assertThat(log.journal.dropBefore(Instant.now().plusSeconds(60))).isGreaterThan(0);

        sink.reading = true;
        reader.drained();

        await().until(() -> sink.ended == Sink.Ending.EXPIRED);
        assertThat(sink.positions).isEmpty();
    }

    @Test
    @DisplayName("is silent after the reader has left")
    void left() {
        TestLog.Talk talk = log.talk(TestLog.EAST, "1");
        var sink = new HeardSink();
        var other = new HeardSink();
        Subscription reader = agents.streams().open(Filter.ALL, 0, sink);
        agents.streams().open(Filter.ALL, 0, other);
        log.say(talk, "one");
        await().until(() -> sink.positions.size() == 1);

        reader.close();
        log.say(talk, "two");

        await().until(() -> other.positions.size() == 2);
        assertThat(sink.positions).hasSize(1);
    }
}
