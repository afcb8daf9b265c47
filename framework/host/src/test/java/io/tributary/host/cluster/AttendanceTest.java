package io.tributary.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.AccountId;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("who is connected")
final class AttendanceTest {

    private static final Who GRACE = new Who.Agent("grace");
    private static final Who WATCH = new Who.Device(new AccountId("shop"), "watch-7");

    private final Grids grids = new Grids(3);
    private final Attendance here = new Attendance();
    private final Attendance there = new Attendance();

    @AfterEach
    void close() {
        grids.close();
    }

    private void seesThere(Grid grid, Set<Who> who) {
        await().atMost(Grids.PATIENCE)
                .untilAsserted(() ->
                        assertThat(here.census().elsewhere())
                                .containsEntry(grid.members().selfId(), who));
    }

    @Test
    @DisplayName("is known without a grid, and told to each that is joined")
    void joins() throws Exception {
        there.came(GRACE);
        there.came(GRACE);
        there.came(WATCH);
        there.went(GRACE);
        assertThat(there.census().here()).containsExactlyInAnyOrder(GRACE, WATCH);
        assertThat(there.census().elsewhere()).isEmpty();

        Grid ada = grids.join("ada");
        Grid bob = grids.join("bob");
        Grids.awaitSize(2, ada, bob);
        here.join(ada);
        AutoCloseable joined = there.join(bob);
        seesThere(bob, Set.of(GRACE, WATCH));
        there.went(GRACE);
        seesThere(bob, Set.of(WATCH));

        // the grid is torn down: those here are known as before, nobody elsewhere is
        joined.close();
        bob.close();
        there.went(WATCH);
        there.came(GRACE);
        assertThat(there.census().here()).containsExactly(GRACE);
        assertThat(there.census().elsewhere()).isEmpty();
        Grids.awaitSize(1, ada);
        assertThat(here.census().elsewhere()).isEmpty();

        Grid again = grids.join("bob");
        Grids.awaitSize(2, ada, again);
        there.join(again);
        seesThere(again, Set.of(GRACE));
    }
}
