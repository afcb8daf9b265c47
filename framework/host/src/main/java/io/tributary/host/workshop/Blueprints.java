package io.tributary.host.workshop;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Asks Maven for a project's blueprint, and keeps the answer for as long as the pom is the same.
final class Blueprints {

    private final Project project;
    private final Path repository;
    private final Maven maven;
    private final Path classPath;
    private final Path jar;
    private final Path mark;

    /// @param repository the distribution's: where it changes, so may what is compiled against
    Blueprints(Project project, Path repository, boolean offline) {
        this.project = project;
        this.repository = repository;
        this.maven = new Maven(project, offline);
        Path kept = project.kept().resolve("build");
        this.classPath = kept.resolve("class-path");
        this.jar = kept.resolve("packed.jar");
        this.mark = kept.resolve("mark");
    }

    /// Whether Maven need not be asked.
    boolean known() throws IOException {
        return Files.exists(mark)
                && Files.exists(jar)
                && Files.readString(mark).equals(fingerprint())
                && classPath().stream().allMatch(Files::exists);
    }

    Blueprint read() throws IOException {
        return new Blueprint(classPath(), packed());
    }

    /// @throws Faulty Maven cannot build it; often because the sources do not compile, about which
    ///   the compiler has more to say: then there is a class path nevertheless
    void ask() throws Faulty, IOException, InterruptedException {
        Files.createDirectories(mark.getParent());
        Files.deleteIfExists(mark);
        Files.deleteIfExists(classPath);
        String now = fingerprint();
        maven.run(
                "-DskipTests",
                "-Dmdep.includeScope=compile",
                "-Dmdep.outputFile=" + classPath,
                "org.apache.maven.plugins:maven-dependency-plugin:"
                        + Versions.ofThisBuild().get("version.dependency")
                        + ":build-classpath",
                "package");
        Files.write(jar, Files.readAllBytes(built()));
        Files.writeString(mark, now);
    }

    /// What to compile against, where Maven came as far as that.
    Optional<List<Path>> resolved() throws IOException {
        return Files.exists(classPath) ? Optional.of(classPath()) : Optional.empty();
    }

    private List<Path> classPath() throws IOException {
        if (!Files.exists(classPath)) {
            return List.of();
        }
        return Stream.of(Files.readString(classPath).strip().split(File.pathSeparator))
                .filter(each -> !each.isEmpty())
                .map(Path::of)
                .toList();
    }

    /// The newest jar that says it is a plugin.
    private Path built() throws Faulty, IOException {
        try (Stream<Path> files = Files.list(project.target())) {
            return files.filter(each -> each.toString().endsWith(".jar"))
                    .filter(each -> !each.getFileName().toString().startsWith("original-"))
                    .filter(Blueprints::plugin)
                    .max(Comparator.comparingLong(each -> each.toFile().lastModified()))
                    .orElseThrow(() ->
                            Faulty.of(
                                    "Maven left no jar in target whose manifest has a Plugin-Id:"
                                            + " add it to the configuration of the maven-jar-plugin"));
        }
    }

    private static boolean plugin(Path file) {
        try (var open = new JarFile(file.toFile())) {
            var manifest = open.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue("Plugin-Id") != null;
        } catch (IOException noJar) {
            return false;
        }
    }

    /// Everything but the project's own classes: those are compiled here.
    private Map<String, byte[]> packed() throws IOException {
        Map<String, byte[]> packed = new LinkedHashMap<>();
        Path own = project.target().resolve("classes");
        try (var open = new JarFile(jar.toFile())) {
            for (var entry : open.stream().toList()) {
                boolean compiled =
                        entry.getName().endsWith(".class")
                                && Files.exists(own.resolve(entry.getName()));
                if (!entry.isDirectory() && !compiled) {
                    try (var in = open.getInputStream(entry)) {
                        packed.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
        return packed;
    }

    private String fingerprint() throws IOException {
        var text = new StringBuilder(Files.readString(project.pom()));
        for (Path each : Project.files(repository)) {
            text.append('\n').append(repository.relativize(each));
        }
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
