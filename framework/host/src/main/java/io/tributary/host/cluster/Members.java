package io.tributary.host.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is in the grid now, as far as this member sees. Thread safe.
///
/// Two members may see different ones, and one that was cut off sees itself alone: who owns what is
/// decided by tables, and this only hurries it along.
public final class Members implements AutoCloseable {

    static final String NAME = "name";
    static final String SINCE = "since";

    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final Pattern NAMES = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    private final HazelcastInstance hazelcast;
    private final GridFigures figures;
    private final List<Consumer<List<GridMember>>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Listeners are called here: a thread of the grid's must not wait for them.
    private final ExecutorService calls =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("grid-members").factory());

    private volatile View view;

    private boolean over;

    /// @param all those that joined first come first
    private record View(List<GridMember> all, UUID self, Set<UUID> others) {}

    Members(HazelcastInstance hazelcast, GridFigures figures) {
        this.hazelcast = hazelcast;
        this.figures = figures;
        this.view = look();
        figures.members(view.all().size());
    }

    /// Looks again whenever the grid says that something changed.
    void follow() {
        hazelcast
                .getCluster()
                .addMembershipListener(
                        new MembershipListener() {
                            @Override
                            public void memberAdded(MembershipEvent event) {
                                refresh();
                            }

                            @Override
                            public void memberRemoved(MembershipEvent event) {
                                refresh();
                            }
                        });
        hazelcast
                .getLifecycleService()
                .addLifecycleListener(event -> {
                    if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                        refresh();
                    }
                });
        refresh();
    }

    /// All of them, this one too; those that joined first come first. Empty when this member has
    /// left.
    public List<GridMember> all() {
        return view.all();
    }

    /// What the grid calls this member now. It changes when a torn grid becomes whole again: the
    /// row of the members' table has to follow.
    public UUID selfId() {
        return view.self();
    }

    /// Calls `listener` with all members whenever they changed, on one thread. Close the answer to
    /// stop.
    public AutoCloseable onChange(Consumer<List<GridMember>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        left();
        calls.shutdown();
    }

    boolean alone() {
        return view.others().isEmpty();
    }

    Set<UUID> others() {
        return view.others();
    }

    /// A member of our name that joined before us.
    Optional<GridMember> elder() {
        List<GridMember> all = view.all();
        Optional<GridMember> self = all.stream().filter(GridMember::self).findFirst();
        return all.stream()
                .takeWhile(each -> !each.self())
                .filter(each -> self.isPresent() && each.name().equals(self.get().name()))
                .findFirst();
    }

    /// Waits until it is so.
    ///
    /// @return false: the time was over before
    boolean await(Predicate<Members> condition, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!condition.test(this)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// There are none any more, whatever the grid says while it goes down.
    void left() {
        show(() -> {
            over = true;
            return new View(List.of(), view.self(), Set.of());
        });
    }

    private void refresh() {
        try {
            show(() -> over ? view : look());
        } catch (RuntimeException stopping) {
            LOG.debug("the grid stops failure={}", stopping.getClass().getName());
        }
    }

    /// @param news looked up under the lock, so that an older view never follows a newer one
    private void show(Supplier<View> news) {
        View next;
        lock.lock();
        try {
            next = news.get();
            if (next.equals(view)) {
                return;
            }
            say(view, next);
            view = next;
            figures.members(next.all().size());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            calls.execute(() -> listeners.forEach(each -> tell(each, next.all())));
        } catch (RejectedExecutionException closed) {
            LOG.trace("nobody is told any more", closed);
        }
    }

    private void say(View before, View now) {
        if (over) {
            return;
        }
        for (GridMember each : now.all()) {
            if (!each.self() && !before.others().contains(each.uuid())) {
                LOG.info("came member={} address={}", each.name(), each.address());
            }
        }
        for (GridMember each : before.all()) {
            if (!each.self() && !now.others().contains(each.uuid())) {
                LOG.info("went member={} address={}", each.name(), each.address());
            }
        }
    }

    private static void tell(Consumer<List<GridMember>> listener, List<GridMember> members) {
        try {
            listener.accept(members);
        } catch (RuntimeException | Error failure) {
            LOG.warn("who hears of members failed", failure);
        }
    }

    private View look() {
        Set<Member> members = hazelcast.getCluster().getMembers();
        List<GridMember> all = members.stream().map(Members::member).toList();
        return new View(
                all,
                hazelcast.getCluster().getLocalMember().getUuid(),
                all.stream()
                        .filter(each -> !each.self())
                        .map(GridMember::uuid)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// What a member says of itself may be anything.
    private static GridMember member(Member member) {
        String name = member.getAttribute(NAME);
        String since = member.getAttribute(SINCE);
        return new GridMember(
                name != null && NAMES.matcher(name).matches() ? name : "?",
                member.getUuid(),
                member.getAddress().getHost() + ":" + member.getAddress().getPort(),
                Instant.ofEpochMilli(
                        since != null && since.matches("[0-9]{1,15}") ? Long.parseLong(since) : 0),
                member.localMember());
    }
}
