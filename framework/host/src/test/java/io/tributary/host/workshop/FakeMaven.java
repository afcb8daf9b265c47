package io.tributary.host.workshop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A project whose own Maven wrapper is a script of the test's.
final class FakeMaven {

    private FakeMaven() {}

    /// @param script what the wrapper does after `#!/bin/sh`
    static Project project(Path folder, String script) throws IOException {
        var project = new Project(folder);
        Files.writeString(project.pom(), "<project/>");
        Files.writeString(folder.resolve("mvnw"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(
                folder.resolve("mvnw"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return project;
    }

    /// One that needs nothing, and that Maven has packed already.
    static Project packed(Path folder) throws IOException {
        var project =
                project(
                        folder,
                        """
                        for word in "$@"; do
                          case $word in
                            -Dmdep.outputFile=*) : > "${word#-Dmdep.outputFile=}" ;;
                          esac
                        done
                        """);
        Files.createDirectories(project.sources());
        Files.writeString(project.sources().resolve("Nothing.java"), "final class Nothing {}\n");
        Files.createDirectories(project.target());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", "paging");
        try (var jar =
                new JarOutputStream(
                        Files.newOutputStream(project.target().resolve("paging.jar")), manifest)) {
            jar.finish();
        }
        return project;
    }
}
