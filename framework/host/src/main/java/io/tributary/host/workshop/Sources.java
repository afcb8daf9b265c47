package io.tributary.host.workshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Everything in a project that a jar is made of or is tried with, as it was at one moment.
///
/// Looked at again and again, since not every file system tells of changes; a project has few
/// files.
record Sources(Map<Path, Seen> seen) {

    record Seen(long size, Instant changed) {}

    static Sources of(Project project) throws IOException {
        List<Path> files = new ArrayList<>(List.of(project.pom(), project.readme()));
        try {
            files.addAll(Project.files(project.sources()));
            files.addAll(Project.files(project.resources()));
            files.addAll(Project.files(project.dev()));
        } catch (UncheckedIOException _) {
            // a folder went away while it was looked at: the next look is not long in coming
        }
        Map<Path, Seen> seen = new TreeMap<>();
        for (Path each : files) {
            try {
                var attributes = Files.readAttributes(each, BasicFileAttributes.class);
                seen.put(
                        each,
                        new Seen(attributes.size(), attributes.lastModifiedTime().toInstant()));
            } catch (NoSuchFileException _) {
                // gone is as good as never there
            }
        }
        return new Sources(seen);
    }

    /// When somebody saved last.
    Optional<Instant> saved() {
        return seen.values().stream().map(Seen::changed).max(Instant::compareTo);
    }
}
