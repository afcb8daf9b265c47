package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the places of a wire")
final class PlacesTest {

    private final AtomicInteger freed = new AtomicInteger();
    private final Places places = new Places(freed::incrementAndGet);

    @BeforeEach
    void open() {
        places.open(4);
    }

    private static Places places(int most) {
        var places = new Places(() -> {});
        places.open(most);
        return places;
    }

    private List<Places.Place> taken(int many) {
        var taken = new ArrayList<Places.Place>();
        while (taken.size() < many) {
            taken.add(places.take());
        }
        return taken;
    }

    @Test
    @DisplayName("let more be prepared than may call, while nobody calls")
    void prepared() {
        taken(7);
        assertThat(places.hasRoom(false)).isTrue();
        taken(1);
        assertThat(places.hasRoom(false)).isFalse();
    }

    @Test
    @DisplayName("let none begin while all are taken, and one when one of them is free again")
    void called() throws InterruptedException {
        var taken = taken(4);
        for (var each : taken) {
            each.call();
        }
        assertThat(places.hasRoom(false)).isFalse();
        taken.getFirst().called();
        assertThat(freed).hasValue(1);
        assertThat(places.hasRoom(false)).isTrue();
    }

    @Test
    @DisplayName("have whoever is one too many wait until a call is over, given up or not")
    void waits() throws InterruptedException {
        var taken = taken(5);
        for (var each : taken.subList(0, 4)) {
            each.call();
        }
        var may = new AtomicInteger(-1);
        var waiting = waiting(taken.get(4), may);
        assertThat(may).hasValue(-1);
        taken.getFirst().leave();
        waiting.join();
        assertThat(may).hasValue(1);
    }

    @Test
    @DisplayName("are given back once, however often that is said")
    void once() throws InterruptedException {
        var taken = taken(4);
        for (var each : taken) {
            each.call();
        }
        for (int i = 0; i < 3; i++) {
            taken.getFirst().called();
        }
        taken.getFirst().leave();
        taken.getFirst().called();
        assertThat(freed).hasValue(1);
        taken(2);
        assertThat(places.hasRoom(false)).isFalse();
    }

    @Test
    @DisplayName("let none begin while too much is still to be written down")
    void written() throws InterruptedException {
        var written = new ArrayList<Places.Place>();
        while (places.hasRoom(false)) {
            var place = places.take();
            place.call();
            place.called();
            written.add(place);
        }
        assertThat(written).hasSize(64);
        written.getFirst().leave();
        assertThat(places.hasRoom(false)).isTrue();
    }

    @Test
    @DisplayName("keep one of several free of bulk")
    void bulk() {
        taken(3);
        assertThat(places.hasRoom(true)).isFalse();
        assertThat(places.hasRoom(false)).isTrue();
        assertThat(places(1).hasRoom(true)).isTrue();
    }

    @Test
    @DisplayName("let none begin where there are none")
    void none() {
        for (var none : List.of(places(0), new Places(() -> {}))) {
            assertThat(none.hasRoom(false)).isFalse();
            assertThat(none.hasRoom(true)).isFalse();
        }
    }

    @Test
    @DisplayName("let nobody call once they are shut, those included who wait for it")
    void shut() throws InterruptedException {
        var taken = taken(5);
        for (var each : taken.subList(0, 4)) {
            assertThat(each.call()).isTrue();
        }
        var may = new AtomicInteger(-1);
        var waiting = waiting(taken.get(4), may);
        places.shut();
        waiting.join();
        assertThat(may).hasValue(0);
        assertThat(places.hasRoom(false)).isFalse();
    }

    /// @param may gets 1 when it may call, 0 when it may not any more
    private static Thread waiting(Places.Place place, AtomicInteger may) {
        var waiting =
                Thread.startVirtualThread(() -> {
                    try {
                        may.set(place.call() ? 1 : 0);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        return waiting;
    }

    @Test
    @DisplayName(
            "count the calls of before when they are opened again, but let nobody of then call")
    void openedAgain() throws InterruptedException {
        var taken = taken(5);
        for (var each : taken.subList(0, 4)) {
            each.call();
        }
        places.shut();
        places.open(4);
        assertThat(taken.get(4).call()).isFalse();
        taken.get(4).leave();
        assertThat(places.hasRoom(false)).isFalse();

        taken.getFirst().called();
        assertThat(places.hasRoom(false)).isTrue();
        var next = taken(2);
        assertThat(next.getFirst().call()).isTrue();
        var may = new AtomicInteger(-1);
        var waiting = waiting(next.getLast(), may);
        taken.get(1).called();
        waiting.join();
        assertThat(may).hasValue(1);
    }

    @Test
    @DisplayName("let those who wait call when there are more of them, the first of them first")
    void more() throws InterruptedException {
        var taken = taken(6);
        for (var each : taken.subList(0, 4)) {
            each.call();
        }
        var first = new AtomicInteger(-1);
        var second = new AtomicInteger(-1);
        var waits = waiting(taken.get(4), first);
        waiting(taken.get(5), second);
        places.open(5);
        waits.join();
        assertThat(first).hasValue(1);
        assertThat(second).hasValue(-1);
    }

    @Test
    @DisplayName("forget who waited and was interrupted")
    void interrupted() throws InterruptedException {
        var taken = taken(6);
        for (var each : taken.subList(0, 4)) {
            each.call();
        }
        var waits = waiting(taken.get(4), new AtomicInteger());
        waits.interrupt();
        waits.join();
        taken.get(4).leave();
        taken.getFirst().leave();
        assertThat(taken.get(5).call()).isTrue();
        assertThat(places.hasRoom(false)).isFalse();
    }

    @Test
    @DisplayName("may be as many as can be counted")
    void noLimit() {
        var all = places(Integer.MAX_VALUE);
        assertThat(all.hasRoom(false)).isTrue();
        assertThat(all.hasRoom(true)).isTrue();
    }
}
