package io.tributary.faults;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Copies folders that are in use.
final class Folders {

    private Folders() {}

    /// What goes away meanwhile is left out.
    ///
    /// @param without files left out, and folders whose content is, by their names at the top
    static void copy(Path from, Path to, String... without) throws IOException {
        Set<String> left = Set.of(without);
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes is)
                            throws IOException {
                        Files.createDirectories(
                                to.resolve(from.relativize(each)),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rwx------")));
                        return left.contains(from.relativize(each).toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path each, BasicFileAttributes is)
                            throws IOException {
                        if (!left.contains(from.relativize(each).toString())) {
                            try {
                                Files.copy(
                                        each,
                                        to.resolve(from.relativize(each)),
                                        StandardCopyOption.COPY_ATTRIBUTES);
                            } catch (NoSuchFileException gone) {
                                // the log of the copy says so as well
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path each, IOException why)
                            throws IOException {
                        if (why instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw why;
                    }
                });
    }
}
