package io.tributary.host.artifacts;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The entries of one jar by name, as a class loader of this Java sees them: in a jar for several
/// releases of Java, the latest that this one understands.
final class JarContents {

    private static final String VERSIONS = "META-INF/versions/";
    private static final int FIRST_RELEASE = 9;

    private final SequencedMap<String, PackedFile> files = new LinkedHashMap<>();
    private final Map<String, PackedFile> ofRelease = new HashMap<>();

    private JarContents(Collection<PackedFile> files) {
        files.forEach(each -> this.files.put(each.name(), each));
    }

    /// Every entry by its own name.
    static JarContents plain(Collection<PackedFile> files) {
        return new JarContents(files);
    }

    /// What this Java sees in a jar that says `Multi-Release: true`.
    JarContents forRelease(int release) {
        var seen = new JarContents(files.values());
        var releases = new HashMap<String, Integer>();
        for (PackedFile each : files.values()) {
            int its = release(each.name());
            String name = base(each.name());
            if (its >= FIRST_RELEASE
                    && its <= release
                    && !name.startsWith("META-INF/")
                    && its > releases.getOrDefault(name, 0)) {
                releases.put(name, its);
                seen.ofRelease.put(name, each);
            }
        }
        return seen;
    }

    Collection<PackedFile> all() {
        return files.values();
    }

    /// What is at the name; no folders.
    Optional<PackedFile> find(String name) {
        PackedFile found = ofRelease.getOrDefault(name, files.get(name));
        return found == null || found.isFolder() ? Optional.empty() : Optional.of(found);
    }

    /// The name without `META-INF/versions/N/` before it.
    static String base(String name) {
        int slash = name.startsWith(VERSIONS) ? name.indexOf('/', VERSIONS.length()) : -1;
        return slash < 0 ? name : name.substring(slash + 1);
    }

    /// The release of Java that the entry is for; 0: all.
    private static int release(String name) {
        if (!name.startsWith(VERSIONS)) {
            return 0;
        }
        int slash = name.indexOf('/', VERSIONS.length());
        String number = slash < 0 ? "" : name.substring(VERSIONS.length(), slash);
        return number.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(number) : 0;
    }
}
