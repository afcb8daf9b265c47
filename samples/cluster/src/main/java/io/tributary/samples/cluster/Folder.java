package io.tributary.samples.cluster;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Everything that the sample writes, for its user alone, until it ends.
final class Folder implements AutoCloseable {

    private final Path path;

    private Folder(Path path) {
        this.path = path;
    }

    static Folder make() throws IOException {
        return new Folder(Files.createTempDirectory("tributary-cluster"));
    }

    Path path() {
        return path;
    }

    /// A folder within.
    Path in(String name) throws IOException {
        return Files.createDirectories(path.resolve(name));
    }

    @Override
    public void close() {
        try {
            if (Files.exists(path)) {
                Files.walkFileTree(path, new Remove());
            }
        } catch (IOException kept) {
            System.err.println("Left behind: " + path + " (" + kept + ")");
        }
    }

    private static final class Remove extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException broken)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
