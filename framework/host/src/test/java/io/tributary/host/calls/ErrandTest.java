package io.tributary.host.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ErrandTest {

    private final Errand errand =
            new Errand(
                    Calls.Kind.SEND,
                    TimeOrderedIds.system().interaction(),
                    "key",
                    1,
                    List.of("+436601234567"));

    @Test
    @DisplayName("is known on its thread while it lasts, and an inner one instead of it")
    void known() {
        var inner = Errand.of(Calls.Kind.LOCATE, errand.interaction());

        assertThat(Errand.here()).isEmpty();
        List<Optional<Errand>> seen =
                errand.on(() -> List.of(Errand.here(), inner.on(Errand::here), Errand.here()));
        assertThat(seen)
                .containsExactly(Optional.of(errand), Optional.of(inner), Optional.of(errand));
        assertThat(Errand.here()).isEmpty();
    }

    @Test
    @DisplayName("goes with a task to another thread, and a task without one goes as it is")
    void goesWithTasks() {
        var there = new CompletableFuture<Optional<Errand>>();
        Runnable task = () -> there.complete(Errand.here());
        assertThat(Errand.kept(task)).isSameAs(task);

        Runnable kept = errand.on(() -> Errand.kept(task));
        Thread.ofVirtual().start(kept);

        assertThat(there.join()).contains(errand);
    }

    @Test
    @DisplayName("is over for a task that goes on for long, and for what such a task begins")
    void endsForTasks() {
        var there = new CompletableFuture<List<Optional<Errand>>>();
        Runnable late =
                errand.on(() ->
                        Errand.kept(() -> there.complete(List.of(Errand.here())), Duration.ZERO));
        Thread.ofVirtual().start(late);
        assertThat(there.join()).containsExactly(Optional.empty());

        Runnable inner = () -> {};
        var kept = new CompletableFuture<Runnable>();
        errand.on(() -> Errand.kept(() -> kept.complete(Errand.kept(inner)), Duration.ZERO)).run();
        assertThat(kept.join()).isSameAs(inner);
    }

    @Test
    @DisplayName("prints nothing personal")
    void printsNothingPersonal() {
        assertThat(errand.toString()).doesNotContain("43660");
    }
}
