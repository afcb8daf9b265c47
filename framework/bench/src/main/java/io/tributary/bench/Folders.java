package io.tributary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Whole folders, copied, measured and removed.
final class Folders {

    private Folders() {}

    static void copy(Path from, Path to) throws IOException {
        for (Path each : all(from)) {
            Files.copy(each, to.resolve(from.relativize(each)));
        }
    }

    static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path each : all(folder)) {
            bytes += Files.isRegularFile(each) ? Files.size(each) : 0;
        }
        return bytes;
    }

    static void delete(Path folder) throws IOException {
        for (Path each : all(folder).reversed()) {
            Files.delete(each);
        }
    }

    /// Folders before what is in them.
    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(Comparator.naturalOrder()).toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }
}
