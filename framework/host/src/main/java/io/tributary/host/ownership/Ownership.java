package io.tributary.host.ownership;

import io.tributary.host.accounts.SlotLeases;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Membership;
import io.tributary.host.journal.Membership.NameTaken;
import io.tributary.host.journal.Membership.Pulse;
import io.tributary.host.journal.Membership.Slot;
import io.tributary.host.journal.Membership.State;
import io.tributary.model.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The leases of a member among others.
///
/// One platform thread says that the member lives and is told what is its own; another lets go of
/// everything when that was not heard in time, measured from before it was said by a clock that
/// nobody sets. So whoever takes a slot up later finds that nobody runs it any more. Thread safe.
public final class Ownership implements SlotLeases, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private static final long AT_LEAST = TimeUnit.MILLISECONDS.toNanos(20);

    private final Membership membership;
    private final Membership.Self self;
    private final Surroundings surroundings;
    private final OwnershipPace pace;
    private final Map<Place, Held> held = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Slot> returned = new ConcurrentLinkedQueue<>();
    private final List<Consumer<AccountId>> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore news = new Semaphore(0);
    private final Thread heart;
    private final Thread watch;
    private final Held.Tenancy tenancy = new Tenancy();
    private volatile long firmUntil = System.nanoTime();
    private volatile boolean leaving;
    private volatile boolean ended;
    private @Nullable Map<AccountId, Integer> heardOf;
    private boolean unheard;

    private record Place(AccountId account, int number) {

        static Place of(Slot slot) {
            return new Place(slot.account(), slot.number());
        }
    }

    /// What a member says of itself, asked again at each heartbeat; must not block.
    public interface Surroundings {

        /// How many slots of each account it could run now.
        Map<AccountId, Integer> accounts();

        /// What keeps it from being ready; empty: nothing does. Null: it only starts.
        @Nullable List<String> lacks();

        /// Of its APIs; empty while it has none.
        String url();

        /// Its id among the members that talk to each other; empty: it is not among them.
        String grid();
    }

    private final class Tenancy implements Held.Tenancy {

        @Override
        public boolean firm() {
            return System.nanoTime() - firmUntil < 0;
        }

        @Override
        public void returned(Held each) {
            returned.add(each.slot());
            held.remove(Place.of(each.slot()), each);
            look();
        }
    }

    /// Leases of which none is held yet.
    public Ownership(
            Membership membership,
            Membership.Self self,
            Surroundings surroundings,
            OwnershipPace pace) {
        this.membership = membership;
        this.self = self;
        this.surroundings = surroundings;
        this.pace = pace;
        this.heart = Thread.ofPlatform().name("member-heartbeat").unstarted(this::live);
        this.watch = Thread.ofPlatform().name("member-watch").daemon().unstarted(this::watch);
    }

    /// Says for the first time that the member lives.
    ///
    /// @throws NameTaken another one of its name does
    /// @throws JournalUnavailable that could not be said
    public void join() throws NameTaken {
        beat();
        heart.start();
        watch.start();
    }

    @Override
    public Optional<SlotLease> take(AccountId account, int slot) {
        Held known = held.get(new Place(account, slot));
        return known == null || leaving ? Optional.empty() : known.take();
    }

    @Override
    public OptionalLong epoch(AccountId account, int slot) {
        Held known = held.get(new Place(account, slot));
        return known == null || leaving || !known.runs()
                ? OptionalLong.empty()
                : OptionalLong.of(known.slot().epoch());
    }

    @Override
    public boolean runsElsewhere(long run) {
        return run != self.run() && membership.lives(run);
    }

    @Override
    public void whenChanged(Consumer<AccountId> listener) {
        listeners.add(listener);
    }

    /// Whether the others count on this member.
    public boolean firm() {
        return tenancy.firm();
    }

    /// Hurries the next heartbeat along: there is something to say.
    public void look() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /// Gives everything back, each slot when whoever runs it has left; waits for that, but not
    /// longer than `limit`.
    public void drain(Duration limit) {
        if (leaving) {
            return;
        }
        leaving = true;
        List<Held> all = List.copyOf(held.values());
        all.forEach(Held::ask);
        tell(accounts(all));
        look();
        long until = System.nanoTime() + limit.toNanos();
        while (!held.isEmpty() && tenancy.firm() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        if (!held.isEmpty()) {
            LOG.warn(
                    "slots={} could not be left in time: others take them up when this member has ended",
                    held.size());
        }
    }

    /// Gives everything back and ends; the others need not wait.
    @Override
    public void close() {
        drain(pace.drain());
        ended = true;
        look();
        if (heart.getState() != Thread.State.NEW) {
            join(heart);
            LockSupport.unpark(watch);
            join(watch);
        }
        loseAll();
        try {
            membership.leave(self.run());
        } catch (JournalUnavailable away) {
            LOG.info("the others notice by themselves that this member ended");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() {
        while (!ended) {
            try {
                if (news.tryAcquire(pace.every().toNanos(), TimeUnit.NANOSECONDS)) {
                    // what comes together is said together
                    LockSupport.parkNanos(AT_LEAST);
                    news.drainPermits();
                }
                if (!ended) {
                    beat();
                    heard();
                }
            } catch (NameTaken taken) {
                LOG.error("the member is not heard: {}", taken.getMessage());
            } catch (JournalUnavailable away) {
                unheard(away);
                pause();
            } catch (RuntimeException | Error failure) {
                // without this thread the member would never run anything again
                LOG.error("a heartbeat failed, trying again", failure);
                pause();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void heard() {
        if (unheard) {
            unheard = false;
            LOG.info("the member is heard again");
        }
    }

    private void unheard(JournalUnavailable away) {
        if (!unheard) {
            unheard = true;
            LOG.warn("{}", away.getMessage());
        }
    }

    private void pause() {
        LockSupport.parkNanos(pace.every().toNanos() / 2);
    }

    private void beat() throws NameTaken {
        var able = surroundings.accounts();
        var back = new ArrayList<Slot>();
        for (var slot = returned.poll(); slot != null; slot = returned.poll()) {
            back.add(slot);
        }
        long begun = System.nanoTime();
        try {
            var told = membership.beat(self, pulse(able, back));
            heardOf = told.lost() ? null : able;
            if (told.lost()) {
                LOG.warn("the member was given up meanwhile: it begins anew");
                look();
            }
            if (told.lost() || !tenancy.firm()) {
                // who saw that it was over is to hear that it is not, or no more
                loseAll();
            }
            firmUntil = begun + pace.lasts().minus(pace.before()).toNanos();
            LockSupport.unpark(watch);
            be(told);
        } catch (RuntimeException | NameTaken unheard) {
            // said again, and refused where it is known
            returned.addAll(back);
            heardOf = null;
            throw unheard;
        }
    }

    private Pulse pulse(Map<AccountId, Integer> able, List<Slot> back) {
        var lacks = surroundings.lacks();
        State state;
        if (leaving) {
            state = State.LEAVING;
        } else if (lacks == null) {
            state = State.STARTING;
        } else {
            state = lacks.isEmpty() ? State.READY : State.UNREADY;
        }
        return new Pulse(
                surroundings.url(),
                state,
                lacks == null ? List.of() : lacks,
                surroundings.grid(),
                pace.lasts(),
                pace.patience(),
                pace.settled(),
                able.equals(heardOf) ? null : able,
                back);
    }

    /// Only the heartbeat's thread comes here, so that what is told later counts.
    private void be(Membership.Told told) {
        Set<AccountId> changed = new HashSet<>();
        var now = new HashSet<>(told.slots());
        held.values()
                .removeIf(each -> {
                    boolean gone = !now.contains(each.slot());
                    if (gone) {
                        each.lose();
                        changed.add(each.slot().account());
                    }
                    return gone;
                });
        for (var slot : now) {
            held.computeIfAbsent(
                    Place.of(slot),
                    _ -> {
                        // given back since, which the next heartbeat says
                        if (returned.contains(slot)) {
                            return null;
                        }
                        changed.add(slot.account());
                        return new Held(slot, tenancy);
                    });
        }
        for (var slot : told.leave()) {
            var each = held.get(Place.of(slot));
            if (each != null && each.slot().equals(slot) && each.ask()) {
                changed.add(slot.account());
            }
        }
        tell(changed);
    }

    /// Lets go of everything when the member was not heard in time.
    private void watch() {
        while (!ended) {
            long left = firmUntil - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else {
                if (!held.isEmpty()) {
                    LOG.warn(
                            "the member was not heard in time: it lets go of slots={}, which others"
                                    + " take up",
                            held.size());
                    loseAll();
                }
                LockSupport.parkNanos(pace.every().toNanos());
            }
        }
    }

    private void loseAll() {
        List<Held> all = List.copyOf(held.values());
        all.forEach(each -> {
            each.lose();
            held.remove(Place.of(each.slot()), each);
        });
        tell(accounts(all));
    }

    private static Set<AccountId> accounts(List<Held> all) {
        Set<AccountId> accounts = new HashSet<>();
        all.forEach(each -> accounts.add(each.slot().account()));
        return accounts;
    }

    private void tell(Set<AccountId> accounts) {
        for (var account : accounts) {
            listeners.forEach(each -> each.accept(account));
        }
    }
}
