package io.tributary.host.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Direction;
import io.tributary.model.Reason;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("many dead letters")
final class ManyDeadLettersTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));

    @TempDir Path folder = Path.of("");

    private Journal real;
    private int appends;
    private int refused;
    private RuntimeException why = new JournalUnavailable("the disk is full");

    @BeforeEach
    void open() {
        real = SqliteJournal.open(folder, JournalOptions.standard());
        for (int i = 0; i < 4; i++) {
            real.append(
                            Unit.of(
                                    new Change.AddDeadLetter(
                                            Direction.INBOUND,
                                            AccountId.of("shop"),
                                            "pager 1.0",
                                            "page",
                                            Reason.of("bad", "could not be read"),
                                            null,
                                            Bytes.utf8("payload"),
                                            CLOCK.instant())))
                    .join()
                    .need();
        }
    }

    @AfterEach
    void close() {
        real.close();
    }

    private List<Long> open(long after) {
        return real.deadLetters().oldest(DeadLetters.Query.ALL.onlyOpen(), after, 9);
    }

    /// The real journal, which fails one append.
    private Journal frail() {
        return (Journal)
                Proxy.newProxyInstance(
                        ManyDeadLettersTest.class.getClassLoader(),
                        new Class<?>[] {Journal.class},
                        (_, method, arguments) -> invoke(method, arguments));
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("append") && ++appends == refused) {
            return CompletableFuture.failedFuture(why);
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private DeadLetterReport drop(long after, int limit) {
        var asked = new ManyDeadLetters.Asked(DeadLetters.Query.ALL, after, limit, "ops");
        return new ManyDeadLetters(real.deadLetters(), CLOCK)
                .run(asked, new DeadLetterDrop(frail(), CLOCK));
    }

    @Test
    @DisplayName("are dropped, each with a word in the audit, and stay readable")
    void dropped() {
        DeadLetterReport report = drop(0, 9);

        assertThat(report.matched()).isEqualTo(4);
        assertThat(report.dropped()).isEqualTo(4);
        assertThat(report.next()).isNull();
        assertThat(open(0)).isEmpty();
        assertThat(real.deadLetters().page(DeadLetters.Query.ALL, Long.MAX_VALUE, 9))
                .hasSize(4)
                .noneMatch(DeadLetters.DeadLetter::replayed);
        assertThat(real.audit().page(Long.MAX_VALUE, 9))
                .filteredOn(record -> record.action().equals("dead-letter.drop"))
                .hasSize(4)
                .allMatch(record -> record.actor().equals("ops"));
    }

    @Test
    @DisplayName("are not held up by one that the journal refuses for good")
    void oneIsRefused() {
        List<Long> ids = open(0);
        refused = 2;
        why = new UnitRefused("it says 'my secret words'");

        DeadLetterReport report = drop(0, 9);

        assertThat(report.dropped()).isEqualTo(3);
        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.id()).isEqualTo(ids.get(1));
                    assertThat(failure.why()).doesNotContain("secret");
                });
        assertThat(report.stopped()).isNull();
        assertThat(report.next()).isNull();
        assertThat(open(0)).containsExactly(ids.get(1));
    }

    @Test
    @DisplayName("wait where the log takes nothing: what was done is told, and where to go on")
    void theLogIsFull() {
        List<Long> ids = open(0);
        refused = 3;

        DeadLetterReport report = drop(0, 9);

        assertThat(report.dropped()).isEqualTo(2);
        assertThat(report.failures()).isEmpty();
        assertThat(report.next()).isEqualTo(ids.get(1));
        assertThat(report.stopped()).contains("log");
        assertThat(report.json().path("next").asString()).isEqualTo(ids.get(1).toString());
        assertThat(report.summary()).contains("dropped 2", "more follow", "stopped");
        assertThat(drop(ids.get(1), 9).dropped()).isEqualTo(2);
        assertThat(open(0)).isEmpty();
    }

    @Test
    @DisplayName("wait, all of them, where not even the first can be stored")
    void nothingIsStored() {
        refused = 1;

        DeadLetterReport report = drop(0, 9);

        assertThat(report.dropped()).isZero();
        assertThat(report.next()).isZero();
        assertThat(drop(0, 3).next()).isEqualTo(open(0).getFirst() - 1);
    }

    @Test
    @DisplayName("wait where the member is stopped, which is told as well")
    void interrupted() {
        List<Long> ids = open(0);
        var many = new ManyDeadLetters(real.deadLetters(), CLOCK);
        var asked = new ManyDeadLetters.Asked(DeadLetters.Query.ALL, 0, 9, "ops");

        DeadLetterReport report =
                many.run(
                        asked,
                        (letter, _) -> {
                            if (letter == ids.get(1)) {
                                throw new InterruptedException();
                            }
                            return new Fate.Replayed(List.of());
                        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.replayed()).isEqualTo(1);
        assertThat(report.next()).isEqualTo(ids.getFirst());
        assertThat(report.stopped()).contains("stopped");
    }
}
