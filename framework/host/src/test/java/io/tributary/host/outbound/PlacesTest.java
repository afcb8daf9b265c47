package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the places of a wire")
final class PlacesTest {

    private final AtomicInteger freed = new AtomicInteger();
    private final Places places = new Places(4, freed::incrementAndGet);

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
        var called = new AtomicInteger();
        var waiting =
                Thread.startVirtualThread(() -> {
                    try {
                        taken.get(4).call();
                        called.incrementAndGet();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(called).hasValue(0);
        taken.getFirst().leave();
        waiting.join();
        assertThat(called).hasValue(1);
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
        assertThat(new Places(1, () -> {}).hasRoom(true)).isTrue();
    }

    @Test
    @DisplayName("let none begin where there are none")
    void none() {
        var none = new Places(0, () -> {});
        assertThat(none.hasRoom(false)).isFalse();
        assertThat(none.hasRoom(true)).isFalse();
    }

    @Test
    @DisplayName("let nobody call once they are shut, those included who wait for it")
    void shut() throws InterruptedException {
        var taken = taken(5);
        for (var each : taken.subList(0, 4)) {
            assertThat(each.call()).isTrue();
        }
        var may = new AtomicInteger(-1);
        var waiting =
                Thread.startVirtualThread(() -> {
                    try {
                        may.set(taken.get(4).call() ? 1 : 0);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        places.shut();
        waiting.join();
        assertThat(may).hasValue(0);
        assertThat(places.hasRoom(false)).isFalse();
    }

    @Test
    @DisplayName("may be as many as can be counted")
    void noLimit() {
        var all = new Places(Integer.MAX_VALUE, () -> {});
        assertThat(all.hasRoom(false)).isTrue();
        assertThat(all.hasRoom(true)).isTrue();
    }
}
