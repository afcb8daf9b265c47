package io.tributary.host.leaks;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Says what keeps an object of this process in memory, in names of classes and fields; never with
/// their values.
///
/// It writes the live heap into a folder, which stops the whole process meanwhile (about a second
/// for each 300 MB), searches it and deletes it. Since a heap holds everything, secrets too, nobody
/// else may read the file.
public final class LeakSearch {

    /// What is used of the heap. More would stop the process for longer than others bear: a lease
    /// that is not renewed is lost.
    static final long LARGEST_HEAP = 1L << 30;

    private static final long ROOM = 64L << 20;

    private final Path folder;
    private final long largest;

    /// @param folder where the heap dump is for a moment
    public LeakSearch(Path folder) {
        this(folder, LARGEST_HEAP);
    }

    LeakSearch(Path folder, long largest) {
        this.folder = folder;
        this.largest = largest;
    }

    /// What keeps the one object of a class whose field, a `long`, has this value. Blocks.
    ///
    /// @return a sentence for an operator
    public String of(Class<?> type, String field, long value) {
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        if (used > largest) {
            return "what holds it was not searched for: "
                    + (used >> 20)
                    + " MB of the heap are used, and a dump of more than "
                    + (largest >> 20)
                    + " MB would stop the member for too long";
        }
        try {
            if (Files.getFileStore(folder).getUsableSpace() < used + ROOM) {
                return "what holds it was not searched for: the data folder has no room for a dump"
                        + " of "
                        + (used >> 20)
                        + " MB";
            }
            return found(type, field, value);
        } catch (IOException | RuntimeException failure) {
            return "what holds it was not found: " + failure;
        }
    }

    private String found(Class<?> type, String field, long value) throws IOException {
        Path inside = Files.createTempDirectory(folder, "heap-");
        Path dump = inside.resolve("live.hprof");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpHeap(dump.toString(), true);
            return told(PathToRoot.find(dump, type.getName(), field, value));
        } finally {
            Files.deleteIfExists(dump);
            Files.deleteIfExists(inside);
        }
    }

    private static String told(Optional<List<String>> way) {
        return way.map(steps -> "it is held by " + String.join(" → ", steps))
                .orElse(
                        "no object holds it: a thread is inside of a method of one of its classes, or"
                                + " it is just about to be collected");
    }
}
