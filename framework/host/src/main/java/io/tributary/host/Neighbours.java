package io.tributary.host;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.agents.Agents;
import io.tributary.host.cluster.ClusterSettings;
import io.tributary.host.cluster.Grid;
import io.tributary.host.cluster.GridRefused;
import io.tributary.host.cluster.LogTimeline;
import io.tributary.host.cluster.Roster;
import io.tributary.host.cluster.TailFeed;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Membership;
import io.tributary.host.journal.Membership.Member;
import io.tributary.host.journal.Row;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps this member in the grid of those that share its log, so that each hears at once what the
/// others commit. Joins beside everything else, and again when it was driven away: without it the
/// member serves all the same, and finds by looking what the others did.
final class Neighbours implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration JOIN_AT_MOST = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(5);

    private final ClusterSettings settings;
    private final Journal journal;
    private final Agents agents;
    private final Self self;
    private final List<Guest> guests;
    private final MeterRegistry meters;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;
    private volatile @Nullable Grid grid;
    private volatile String trouble = "joining the grid";

    /// What speaks to the others through the grid while there is one.
    @FunctionalInterface
    interface Guest {

        /// Close the answer to stop.
        AutoCloseable join(Grid grid) throws Exception;
    }

    /// This member, as the others see it in the table of members.
    ///
    /// @param run its epoch
    /// @param look has it say now what it has to say
    record Self(Membership membership, long run, MemberPulse pulse, Runnable look) {}

    Neighbours(
            ClusterSettings settings,
            Journal journal,
            Agents agents,
            Self self,
            List<Guest> guests,
            MeterRegistry meters) {
        this.settings = settings;
        this.journal = journal;
        this.agents = agents;
        this.self = self;
        this.guests = List.copyOf(guests);
        this.meters = meters;
        this.keeper = Thread.ofPlatform().daemon().name("grid-keeper").unstarted(this::keep);
    }

    void start() {
        keeper.start();
    }

    /// What is wrong with the grid, for an operator; empty: nothing.
    String trouble() {
        Grid now = grid;
        return now == null ? trouble : now.trouble().orElse("");
    }

    private void keep() {
        try {
            do {
                stay();
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            LOG.debug("the grid is left");
        }
    }

    private void stay() throws InterruptedException {
        try (Grid joined =
                        Grid.join(
                                settings,
                                new Rows(),
                                () -> LogTimeline.of(journal.log()),
                                meters,
                                journal.clock());
                var _ = joined.tail().follow(new Heard());
                var _ = journal.onCommit(joined.tail()::publish);
                var _ = all(joined)) {
            grid = joined;
            LOG.info("in the grid members={}", joined.members().all().size());
            // what was committed while nobody was heard
            agents.look();
            while (joined.joined() && !closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                trouble = joined.trouble().orElse("");
            }
            trouble = joined.trouble().orElse("");
        } catch (GridRefused refused) {
            told(String.valueOf(refused.getMessage()));
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failure) {
            LOG.warn("the grid could not be joined, trying again", failure);
            trouble = "the grid could not be joined: see the log";
        } finally {
            grid = null;
            self.pulse().grid("");
        }
    }

    private AutoCloseable all(Grid joined) throws Exception {
        Deque<AutoCloseable> inside = new ArrayDeque<>();
        AutoCloseable leaving =
                () -> {
                    while (!inside.isEmpty()) {
                        inside.pop().close();
                    }
                };
        try {
            for (Guest each : guests) {
                inside.push(each.join(joined));
            }
        } catch (Exception failure) {
            leaving.close();
            throw failure;
        }
        return leaving;
    }

    private void told(String why) {
        if (!why.equals(trouble) && closing.getCount() > 0) {
            LOG.warn("not in the grid, trying again: {}", why);
        }
        trouble = why;
    }

    @Override
    public void close() {
        closing.countDown();
        if (keeper.getState() == Thread.State.NEW) {
            return;
        }
        try {
            // joining may take long, and nobody needs it any more
            if (!keeper.join(JOIN_AT_MOST)) {
                keeper.interrupt();
            }
            var _ = keeper.join(LOOK);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The table of members, as the grid asks for it.
    private final class Rows implements Roster {

        @Override
        public void enter(UUID gridMember) throws GridRefused {
            self.pulse().grid(gridMember.toString());
            self.look().run();
            long until = System.nanoTime() + HEARD_WITHIN.toNanos();
            while (live().stream().noneMatch(each -> each.gridMember().equals(gridMember))) {
                if (System.nanoTime() - until > 0) {
                    throw new GridRefused(
                            "this member's row in the database cannot be written now: look at the database");
                }
                try {
                    TimeUnit.MILLISECONDS.sleep(50);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new GridRefused("stopped while it was joining");
                }
            }
        }

        @Override
        public List<Entry> live() {
            return self.membership().all().stream()
                    .filter(each -> each.left().isPositive() && !each.grid().isEmpty())
                    .map(Rows::entry)
                    .toList();
        }

        private static Entry entry(Member member) {
            return new Entry(member.name(), UUID.fromString(member.grid()), member.run());
        }
    }

    private final class Heard implements TailFeed.Reader {

        @Override
        public void rows(LogTimeline timeline, List<Row> rows) {
            agents.heard(timeline.number(), rows);
        }

        @Override
        public void reached(LogTimeline timeline, long position) {
            agents.heard(position);
        }

        @Override
        public void newer(LogTimeline timeline) {
            agents.look();
        }
    }
}
