package io.tributary.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.PluginVersion;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the watch over class loaders")
class LoaderWatchTest {

    @Test
    @DisplayName("has everything collected that nothing holds, however young, when it insists")
    void young() {
        var collector = new HotSpotCollector();
        List<PhantomReference<ClassLoader>> left = new ArrayList<>();
        var queue = new ReferenceQueue<ClassLoader>();
        var fresh = new ArrayList<ClassLoader>();
        fresh.add(new URLClassLoader(new URL[0], null));
        collector.ask();
        fresh.forEach(each -> left.add(new PhantomReference<>(each, queue)));
        fresh.clear();

        collector.insist();

        await().until(() -> queue.poll() != null);
        assertThat(left).hasSize(1);
    }

    @Test
    @DisplayName("asks for one collection a look, however many versions have left")
    void oneForAll() {
        var collections = new Counted();
        List<ClassLoader> held = new ArrayList<>();
        try (var watch =
                new LoaderWatch(InstantSource.system(), Duration.ZERO, null, collections)) {
            List<LoaderWatch.Trace> traces = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                var loader = new URLClassLoader(new URL[0], null);
                held.add(loader);
                traces.add(watch.made(new PluginVersion("pager", "1.0." + i), loader, i));
            }
            traces.forEach(watch::left);

            await().atMost(Duration.ofSeconds(30)).until(() -> watch.lost() == held.size());

            assertThat(collections.insisted).hasValue(1);
            assertThat(collections.asked).hasValue(2);
        }
    }

    private static final class Counted implements Collector {

        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger insisted = new AtomicInteger();

        @Override
        public void ask() {
            asked.incrementAndGet();
        }

        @Override
        public void insist() {
            insisted.incrementAndGet();
        }
    }
}
