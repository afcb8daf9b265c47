package io.tributary.host.leaks;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /// What the search itself may need of the heap. A member that has less would end by it.
    private static final long SPARE = 128L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LeakSearch.class);
    private static final String INSIDE = "heap-";
    private static final String DUMP = "live.hprof";

    private final Path folder;
    private final long largest;
    private final long spare;

    /// @param folder where the heap dump is for a moment
    public LeakSearch(Path folder) {
        this(folder, LARGEST_HEAP, SPARE);
    }

    LeakSearch(Path folder, long largest, long spare) {
        this.folder = folder;
        this.largest = largest;
        this.spare = spare;
    }

    /// Deletes the heap dumps that a member has left which ended in the midst of a search. To be
    /// called by the one member that has the folder, before it searches.
    public static void clear(Path folder) {
        try (var left = Files.newDirectoryStream(folder, INSIDE + "*")) {
            for (Path inside : left) {
                if (Files.isDirectory(inside)) {
                    delete(inside);
                }
            }
        } catch (IOException | DirectoryIteratorException failure) {
            LOG.error("heap dumps that are left in {} could not be looked for", folder, failure);
        }
    }

    private static void delete(Path inside) {
        try {
            Files.deleteIfExists(inside.resolve(DUMP));
            Files.deleteIfExists(inside);
            LOG.warn(
                    "{} was deleted: this member ended while it searched for what holds a class"
                            + " loader",
                    inside);
        } catch (IOException failure) {
            LOG.error(
                    "{} could not be deleted. It is the memory of a member, with secrets and"
                            + " messages: delete it yourself",
                    inside,
                    failure);
        }
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
        Path inside = Files.createTempDirectory(folder, INSIDE);
        Path dump = inside.resolve(DUMP);
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpHeap(dump.toString(), true);
            // only now, just after a collection, is what is used what is needed
            long free = free();
            if (free < spare) {
                return "what holds it was not searched for: no more than "
                        + (free >> 20)
                        + " MB of the heap are free";
            }
            return told(PathToRoot.find(dump, type.getName(), field, value));
        } finally {
            Files.deleteIfExists(dump);
            Files.deleteIfExists(inside);
        }
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    private static String told(Optional<List<String>> way) {
        return way.map(steps -> "it is held by " + String.join(" → ", steps))
                .orElse(
                        "no object holds it: a thread is inside of a method of one of its classes, or"
                                + " it is just about to be collected");
    }
}
