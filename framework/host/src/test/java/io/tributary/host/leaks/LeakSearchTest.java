package io.tributary.host.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tributary.host.command.Member;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
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

    private static final class Admirer {
        final Object admired;

        Admirer(Object admired) {
            this.admired = admired;
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
        assertThat(new LeakSearch(folder, 1, 0).of(Sought.class, "mark", 4711))
                .contains("was not searched for", "would stop the member");
    }

    @Test
    @DisplayName(
            "does not take the last memory of a process, and leaves no dump behind then either")
    void full() throws Exception {
        assertThat(
                        new LeakSearch(folder, Long.MAX_VALUE, Long.MAX_VALUE)
                                .of(Sought.class, "mark", 4711))
                .contains("was not searched for", "of the heap are free");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("needs no more memory the more objects lead there, and says that they are many")
    void crowd() {
        var search = new LeakSearch(folder, Long.MAX_VALUE, 0);
        KEPT.put("lonely", List.of(new Holder(new Sought(4715))));
        long few = allocated(() -> search.of(Sought.class, "mark", 4715));
        admire(4716);

        var told = new AtomicReference<>("");
        long many = allocated(() -> told.set(search.of(Sought.class, "mark", 4716)));

        assertThat(told.get()).contains("more than 500000 objects lead there");
        assertThat(many - few).isLessThan(100L << 20);
    }

    /// In a method of its own, whose local variables are gone when the search begins.
    private static void admire(long mark) {
        var popular = new Sought(mark);
        Object[] crowd = new Object[1_500_000];
        Arrays.setAll(crowd, _ -> new Admirer(popular));
        KEPT.put("crowd", Arrays.asList(crowd));
    }

    private static long allocated(Runnable work) {
        var threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    @DisplayName("deletes what it left when its process ended in the midst of it, and nothing else")
    void leftBehind() throws Exception {
        Files.createDirectory(folder.resolve("heap-4711"));
        Files.writeString(folder.resolve("heap-4711/live.hprof"), "secret");
        Files.createDirectory(folder.resolve("heap-4712"));
        Files.writeString(folder.resolve("heap-notes.txt"), "mine");
        Files.createDirectory(folder.resolve("heap-of-mine"));
        Files.writeString(folder.resolve("heap-of-mine/letter"), "mine");

        LeakSearch.clear(folder);

        try (var files = Files.list(folder)) {
            assertThat(files)
                    .extracting(each -> String.valueOf(each.getFileName()))
                    .containsExactlyInAnyOrder("heap-notes.txt", "heap-of-mine");
        }
        assertThat(folder.resolve("heap-of-mine/letter")).exists();
    }

    @Test
    @DisplayName("has its left dumps deleted by the next start of the member")
    void start() throws Exception {
        var inside = Files.createDirectories(folder.resolve("data/heap-4711"));
        Files.writeString(inside.resolve("live.hprof"), "secret");

        try (var _ = Member.start(folder)) {
            assertThat(inside).doesNotExist();
        }
    }
}
