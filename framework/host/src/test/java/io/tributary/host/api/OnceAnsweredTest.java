package io.tributary.host.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.model.Bytes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a request that does much")
final class OnceAnsweredTest {

    private static final Principal OPS =
            new Principal("ops", "operator", Set.of(Scope.ADMIN_WRITE), Set.of());

    private static final String REPLAY = "dead-letters.replay";

    @TempDir Path folder = Path.of("");

    private final List<String> runs = new ArrayList<>();
    private boolean unwritable;

    @SuppressWarnings("NullAway.Init") // before each test
    private Journal real;

    @SuppressWarnings("NullAway.Init") // before each test
    private OnceAnswered here;

    @SuppressWarnings("NullAway.Init") // before each test
    private OnceAnswered there;

    @BeforeEach
    void open() {
        real = SqliteJournal.open(folder, JournalOptions.standard());
        here = new OnceAnswered(frail(), real.clock());
        there = new OnceAnswered(frail(), real.clock());
    }

    @AfterEach
    void close() {
        real.close();
    }

    /// The real journal, which takes nothing for a while.
    private Journal frail() {
        return (Journal)
                Proxy.newProxyInstance(
                        OnceAnsweredTest.class.getClassLoader(),
                        new Class<?>[] {Journal.class},
                        (_, method, arguments) -> invoke(method, arguments));
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        if (unwritable && method.getName().equals("append")) {
            return CompletableFuture.failedFuture(new JournalUnavailable("the disk is full"));
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static Request request(@Nullable String key, String body) {
        Map<String, List<String>> headers =
                key == null ? Map.of() : Map.of("idempotency-key", List.of(key));
        return new Request(
                "POST", Map.of(), Map.of(), headers, Bytes.utf8(body), OPS, "127.0.0.1", "");
    }

    private OnceAnswered.Doing doing(String name, OnceAnswered.Doing meanwhile) {
        return () -> {
            runs.add(name);
            meanwhile.run();
            return done(name);
        };
    }

    private OnceAnswered.Doing doing(String name) {
        return doing(name, () -> done(name));
    }

    private static OnceAnswered.Done done(String name) {
        var answer = RequestJson.JSON.createObjectNode().put("by", name);
        return new OnceAnswered.Done(answer, "dead letters", "by " + name);
    }

    private List<String> audit() {
        return real.audit().page(Long.MAX_VALUE, 9).reversed().stream()
                .map(Audit.Record::detail)
                .toList();
    }

    private static String text(Answer answer) {
        return ((Answer.Whole) answer).body().utf8();
    }

    @Test
    @DisplayName("is refused, and has done nothing, where another has its key at another member")
    void keyOfAnother() throws Exception {
        Answer first =
                here.answer(
                        request("k", "{}"),
                        REPLAY,
                        doing(
                                "here",
                                () -> {
                                    assertThatThrownBy(() ->
                                                    there.answer(
                                                            request("k", "{\"limit\":1}"),
                                                            REPLAY,
                                                            doing("there")))
                                            .isInstanceOfSatisfying(
                                                    Problem.class,
                                                    problem ->
                                                            assertThat(problem.type())
                                                                    .isEqualTo(
                                                                            ProblemType
                                                                                    .KEY_REUSED));
                                    return done("nobody");
                                }));

        assertThat(text(first)).isEqualTo("{\"by\":\"here\"}");
        assertThat(runs).containsExactly("here");
        assertThat(audit()).containsExactly("by here");
    }

    @Test
    @DisplayName("says the same at two members that do it at once, as whoever was done first")
    void sameAtTwo() throws Exception {
        List<String> answers = new ArrayList<>();

        Answer first =
                here.answer(
                        request("k", "{}"),
                        REPLAY,
                        doing(
                                "here",
                                () -> {
                                    answers.add(
                                            text(
                                                    there.answer(
                                                            request("k", "{}"),
                                                            REPLAY,
                                                            doing("there"))));
                                    return done("nobody");
                                }));

        answers.add(text(first));
        answers.add(text(here.answer(request("k", "{}"), REPLAY, doing("later"))));
        assertThat(answers).hasSize(3).containsOnly("{\"by\":\"there\"}");
        assertThat(runs).containsExactly("here", "there");
        assertThat(audit()).containsExactly("by there", "by here");
    }

    @Test
    @DisplayName("is done where its key was taken by the same at a member that died")
    void diedMeanwhile() throws Exception {
        assertThatThrownBy(() ->
                        here.answer(
                                request("k", "{}"),
                                REPLAY,
                                () -> {
                                    throw new IllegalStateException("killed");
                                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(text(there.answer(request("k", "{}"), REPLAY, doing("there"))))
                .isEqualTo("{\"by\":\"there\"}");
        assertThatThrownBy(() -> there.answer(request("k", "[]"), REPLAY, doing("other")))
                .isInstanceOf(Problem.class);
        assertThat(runs).containsExactly("there");
    }

    @Test
    @DisplayName("tells what it did where that cannot be written down, and is not done then")
    void notWritten() throws Exception {
        OnceAnswered.Doing breaks =
                () -> {
                    unwritable = true;
                    return done("here");
                };

        assertThat(text(here.answer(request("k", "{}"), REPLAY, breaks)))
                .isEqualTo("{\"by\":\"here\",\"recorded\":false}");
        unwritable = false;
        assertThat(text(here.answer(request(null, "{}"), REPLAY, breaks)))
                .isEqualTo("{\"by\":\"here\",\"recorded\":false}");
        assertThat(audit()).isEmpty();

        unwritable = false;
        assertThat(text(here.answer(request("k", "{}"), REPLAY, doing("again"))))
                .isEqualTo("{\"by\":\"again\"}");
        assertThat(audit()).containsExactly("by again");
    }

    @Test
    @DisplayName("is another one where the same is to be done otherwise")
    void otherAction() throws Exception {
        here.answer(request("k", "{}"), REPLAY, doing("here"));

        assertThatThrownBy(() ->
                        here.answer(request("k", "{}"), "dead-letters.drop", doing("dropping")))
                .isInstanceOf(Problem.class);

        assertThat(runs).containsExactly("here");
    }

    @Test
    @DisplayName("does nothing where its key cannot be taken")
    void keyNotTaken() {
        unwritable = true;

        assertThatThrownBy(() -> here.answer(request("k", "{}"), REPLAY, doing("here")))
                .isInstanceOf(JournalUnavailable.class);

        assertThat(runs).isEmpty();
    }
}
