package io.tributary.host.command;

import io.tributary.host.artifacts.JarFiles;
import io.tributary.host.artifacts.Rejected;
import io.tributary.model.Bytes;
import java.nio.file.Path;

/// A jar that somebody named on the command line.
final class NamedJar {

    private NamedJar() {}

    static Bytes read(Path file) {
        try {
            return JarFiles.read(file);
        } catch (Rejected unreadable) {
            throw refused(file, unreadable);
        }
    }

    static CommandFailed refused(Path file, Rejected rejected) {
        return new CommandFailed(
                Exit.REFUSED,
                Screen.visible(file.toString()) + ": " + Screen.visible(rejected.reason()) + ".");
    }
}
