package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what came and cannot be put now")
final class PutBacklogTest {

    private static final TimeOrderedIds IDS = TimeOrderedIds.system();

    private final Set<MediaId> ended = ConcurrentHashMap.newKeySet();
    private final PutBacklog backlog = new PutBacklog(ended::add);
    private volatile boolean away = true;

    private record Came(MediaId media, BooleanSupplier put) implements PutBacklog.Waiting {

        @Override
        public boolean putAgain() {
            return put.getAsBoolean();
        }
    }

    @AfterEach
    void close() {
        backlog.close();
    }

    private static Came came(BooleanSupplier put) {
        return new Came(IDS.media(), put);
    }

    private List<MediaId> add(int many, BooleanSupplier put) {
        List<MediaId> added = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Came came = came(put);
            assertThat(backlog.add(came)).isTrue();
            added.add(came.media());
        }
        return added;
    }

    private void awaitEnded(Set<MediaId> wanted) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    backlog.look();
                    assertThat(ended).isEqualTo(wanted);
                });
    }

    @Test
    @DisplayName("is so much at the most, and is put, each once, when it can be")
    void bounded() {
        List<MediaId> all = add(PutBacklog.MOST, () -> !away);
        assertThat(backlog.add(came(() -> true))).isFalse();
        assertThat(ended).isEmpty();

        away = false;
        awaitEnded(Set.copyOf(all));
        add(PutBacklog.MOST, () -> !away);
    }

    @Test
    @DisplayName("keeps nothing behind it waiting, however many of it are refused")
    void noneStarves() {
        List<MediaId> refused = add(PutBacklog.FAILURES + 5, () -> !away);
        List<MediaId> good = add(5, () -> true);

        awaitEnded(Set.copyOf(good));

        away = false;
        refused.addAll(good);
        awaitEnded(Set.copyOf(refused));
    }

    @Test
    @DisplayName("waits no more where it comes to another end")
    void otherEnds() {
        Came broken =
                came(() -> {
                    throw new IllegalStateException("on purpose");
                });
        backlog.add(broken);

        awaitEnded(Set.of(broken.media()));
    }
}
