package io.tributary.host.rollouts;

import io.tributary.host.artifacts.JarFiles;
import io.tributary.host.artifacts.Rejected;
import io.tributary.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A folder into which jars are dropped. Looked at again and again, since not every file system
/// tells of changes. For one thread at a time.
final class PluginsFolder {

    private final Path folder;

    /// How each file was at the last look, and whether it was taken up as it is.
    private final Map<String, Seen> seen = new HashMap<>();

    private record Seen(long size, long changed, boolean taken) {

        boolean like(Seen other) {
            return size == other.size && changed == other.changed;
        }
    }

    /// A jar that lies there.
    ///
    /// @param bytes null: it cannot be read
    /// @param problem why it cannot be read; empty where it can
    record Found(String name, @Nullable Bytes bytes, String problem) {}

    /// What has changed.
    ///
    /// @param gone names of jars that are there no more
    record Look(List<Found> found, List<String> gone) {}

    PluginsFolder(Path folder) {
        this.folder = folder;
    }

    /// Everything that is there, as it is.
    List<Found> first() throws IOException {
        return look(false).found();
    }

    /// What has come since, and did not change between two looks: a file that is being copied is
    /// left alone until it is whole.
    Look next() throws IOException {
        return look(true);
    }

    /// A jar that could not be taken up now is to be found again.
    void again(String name) {
        seen.computeIfPresent(
                name, (_, present) -> new Seen(present.size(), present.changed(), false));
    }

    /// Its path.
    @Override
    public String toString() {
        return folder.toString();
    }

    private Look look(boolean settled) throws IOException {
        var now = new HashMap<String, Seen>();
        var found = new ArrayList<Found>();
        for (var file : jars()) {
            var name = String.valueOf(file.getFileName());
            var before = seen.get(name);
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            var present =
                    new Seen(attributes.size(), attributes.lastModifiedTime().toMillis(), false);
            boolean same = before != null && before.like(present);
            boolean taken = before != null && same && before.taken();
            if (!taken && (same || !settled)) {
                found.add(read(file, name));
                taken = true;
            }
            now.put(name, new Seen(present.size(), present.changed(), taken));
        }
        var gone = seen.keySet().stream().filter(name -> !now.containsKey(name)).toList();
        seen.clear();
        seen.putAll(now);
        return new Look(found, gone);
    }

    private static Found read(Path file, String name) {
        try {
            return new Found(name, JarFiles.read(file), "");
        } catch (Rejected rejected) {
            return new Found(name, null, rejected.reason());
        }
    }

    private List<Path> jars() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(PluginsFolder::isJar).sorted().toList();
        }
    }

    private static boolean isJar(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.endsWith(".jar") && !name.startsWith(".") && Files.isRegularFile(file);
    }
}
