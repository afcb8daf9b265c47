package io.tributary.host.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.FetchJobs;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.MediaId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("jobs that a member has under way")
final class HoldingTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private boolean away;
    private int holds;

    /// A database that is away now and then.
    private final FetchJobs jobs =
            new FetchJobs() {
                @Override
                public List<Fetch> take(int limit, Set<MediaId> mine) {
                    throw new AssertionError("nobody takes any here");
                }

                @Override
                public void hold(Collection<Fetch> taken) {
                    holds++;
                    if (away) {
                        throw new JournalUnavailable("away");
                    }
                }
            };

    private final Holding holding = new Holding(jobs, nanos::get);

    private void look() {
        holding.look(List.of());
    }

    @Test
    @DisplayName("are held each time that it is due")
    void due() {
        look();
        assertThat(holds).isZero();
        nanos.addAndGet(Holding.EVERY + 1);
        look();
        look();
        assertThat(holds).isEqualTo(1);
    }

    @Test
    @DisplayName("are held before anything else where they could not be held in time")
    void overdue() {
        away = true;
        nanos.addAndGet(Holding.EVERY + 1);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::look).isInstanceOf(JournalUnavailable.class);
        }
        away = false;
        look();
        assertThat(holds).isEqualTo(4);
        look();
        assertThat(holds).isEqualTo(4);
    }
}
