package io.tributary.host.calls;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// So many places for calls into a plugin. Who finds none waits, in order, without a carrier.
///
/// Pages are asked for by anybody, as often as they like. They have an eighth of the places and a
/// line of their own, so that what is said and answered does not wait behind them; where that line
/// is long enough, the next is sent away.
///
/// The places are also the list of what runs: the watchdog walks them, so a call needs no timer.
final class Bulkhead {

    /// How many wait for a page of one channel at the most: all that many browsers that are
    /// switched on together ask for, and no more memory than somebody may take for nothing.
    static final int MOST_WAITING_FOR_PAGES = 1_000;

    private static final int SHARE_OF_PAGES = 8;

    private final AtomicReferenceArray<@Nullable RunningCall> places;
    private final Semaphore free;
    private final Semaphore pages;
    private final AtomicInteger away = new AtomicInteger();

    Bulkhead(int size) {
        this.places = new AtomicReferenceArray<>(size);
        this.free = new Semaphore(size, true);
        this.pages = new Semaphore(Math.max(1, size / SHARE_OF_PAGES), true);
    }

    /// Waits until there is a place; [#take] or [#leave] has to follow.
    ///
    /// @return false: too many wait for this kind of call, and nothing has to follow
    boolean enter(Calls.Kind kind) throws InterruptedException {
        if (kind != Calls.Kind.PAGE) {
            free.acquire();
            return true;
        }
        if (pages.getQueueLength() >= MOST_WAITING_FOR_PAGES) {
            return false;
        }
        pages.acquire();
        try {
            free.acquire();
        } catch (InterruptedException interrupt) {
            pages.release();
            throw interrupt;
        }
        return true;
    }

    /// Takes a place; who has entered finds one. Thread ids spread neighbours over the places.
    void take(RunningCall call, long threadId) {
        int size = places.length();
        int place = (int) (threadId % size);
        while (!places.compareAndSet(place, null, call)) {
            place = place + 1 == size ? 0 : place + 1;
        }
        call.place = place;
    }

    /// Gives the place back that a call took.
    void leave(RunningCall call) {
        places.setRelease(call.place, null);
        leave(call.kind);
    }

    /// Lets others have the place of a call that waits for the host. Were it kept, a call that
    /// waits for another one of the same plugin would wait for ever when there is one place only.
    void stepOut(RunningCall call) {
        away.incrementAndGet();
        places.setRelease(call.place, null);
        free.release();
    }

    /// Takes a place again: at once where one is free, else in line.
    void stepIn(RunningCall call, long threadId) {
        if (!free.tryAcquire()) {
            free.acquireUninterruptibly();
        }
        take(call, threadId);
        away.decrementAndGet();
    }

    /// Gives back what [#enter] reserved and nobody took.
    void leave(Calls.Kind kind) {
        free.release();
        if (kind == Calls.Kind.PAGE) {
            pages.release();
        }
    }

    /// The call that runs on the thread; null when it is in none.
    @Nullable RunningCall on(Thread thread) {
        for (int place = 0; place < places.length(); place++) {
            var call = places.get(place);
            if (call != null && call.isOn(thread)) {
                return call;
            }
        }
        return null;
    }

    int size() {
        return places.length();
    }

    @Nullable RunningCall at(int place) {
        return places.get(place);
    }

    int running() {
        return places.length() - free.availablePermits();
    }

    /// How many have begun and wait for the host without a place.
    int away() {
        return away.get();
    }

    int waiting() {
        return free.getQueueLength() + pages.getQueueLength();
    }
}
