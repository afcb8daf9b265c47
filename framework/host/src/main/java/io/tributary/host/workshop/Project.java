package io.tributary.host.workshop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where things lie in a channel's project.
///
/// @param folder absolute
public record Project(Path folder) {

    /// @throws IllegalArgumentException there is none
    public static Project in(Path folder) {
        var project = new Project(folder.toAbsolutePath().normalize());
        if (!Files.isRegularFile(project.pom())) {
            throw new IllegalArgumentException(
                    project.folder() + " has no pom.xml, so it is no channel's project");
        }
        return project;
    }

    Path pom() {
        return folder.resolve("pom.xml");
    }

    Path sources() {
        return folder.resolve("src/main/java");
    }

    Path resources() {
        return folder.resolve("src/main/resources");
    }

    Path readme() {
        return folder.resolve("README.md");
    }

    Path target() {
        return folder.resolve("target");
    }

    /// What is tried with it.
    Path dev() {
        return folder.resolve("dev");
    }

    /// What `tributary dev` keeps; nobody else's business.
    public Path kept() {
        return folder.resolve(".tributary");
    }

    /// Every file below a folder, in order; none where there is no folder.
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
