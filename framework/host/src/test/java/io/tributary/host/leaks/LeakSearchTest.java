package io.tributary.host.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the search for what holds an object")
class LeakSearchTest {

    private static final Map<String, List<Object>> KEPT = new ConcurrentHashMap<>();

    @TempDir Path folder = Path.of("");

    private static class Base {
        final int first = 1;
        final Object second = "second";
    }

    private static final class Sought extends Base {
        final byte small = 1;
        final long mark;

        Sought(long mark) {
            this.mark = mark;
        }
    }

    private static final class Holder {
        final WeakReference<Object> weakly;
        final Object strongly;

        Holder(Object held) {
            this.weakly = new WeakReference<>(held);
            this.strongly = held;
        }
    }

    @AfterEach
    void clear() {
        KEPT.clear();
    }

    @Test
    @DisplayName("names the way from a root, by classes and fields, and leaves no dump behind")
    void way() throws Exception {
        KEPT.put("secret", new ArrayList<>(List.of(new Holder(new Sought(4711)))));
        KEPT.put("other", new ArrayList<>(List.of(new Holder(new Sought(4712)))));

        var told = new LeakSearch(folder).of(Sought.class, "mark", 4711);

        assertThat(told)
                .startsWith("it is held by ")
                .contains(
                        "static " + LeakSearchTest.class.getName() + ".KEPT",
                        "java.util.concurrent.ConcurrentHashMap.table",
                        "java.util.ArrayList.elementData",
                        Holder.class.getName() + ".strongly",
                        Sought.class.getName())
                .doesNotContain("secret", "weakly");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    @DisplayName("names the thread whose local variable it is")
    void thread() throws Exception {
        var local = new ThreadLocal<Object>();
        var thread =
                Thread.ofPlatform()
                        .start(() -> {
                            local.set(new Holder(new Sought(4713)));
                            synchronized (local) {
                                try {
                                    local.wait();
                                } catch (InterruptedException done) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        });
        try {
            org.awaitility.Awaitility.await()
                    .until(() -> thread.getState() == Thread.State.WAITING);

            assertThat(new LeakSearch(folder).of(Sought.class, "mark", 4713))
                    .contains(
                            "it is held by ",
                            "java.lang.Thread.threadLocals",
                            "java.lang.ThreadLocal$ThreadLocalMap$Entry.value");
        } finally {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    @DisplayName("says so when the object is gone")
    void gone() {
        assertThat(new LeakSearch(folder).of(Sought.class, "mark", 4714))
                .contains("not in the heap dump");
    }

    @Test
    @DisplayName("does not stop a process with a large heap")
    void large() {
        assertThat(new LeakSearch(folder, 1).of(Sought.class, "mark", 4711))
                .contains("was not searched for", "would stop the member");
    }
}
