package io.tributary.host.artifacts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The classes that a jar lists as its channels, without running anything.
final class Services {

    private static final String CHANNELS = "META-INF/services/io.tributary.spi.Channel";

    private static final int MOST_BYTES = 64 * 1024;

    private Services() {}

    /// @param claimed the ids that the manifest says; empty: it does not say
    static void hold(JarContents contents, List<String> claimed) throws Rejected {
        List<String> classes = classes(contents);
        if (classes.isEmpty()) {
            throw new Rejected("it brings no channel; list its class in " + CHANNELS);
        }
        for (String each : classes) {
            if (contents.find(each.replace('.', '/') + ".class").isEmpty()) {
                throw new Rejected(
                        "its "
                                + CHANNELS
                                + " lists "
                                + Words.shown(each)
                                + ", which is not in the jar; correct the name");
            }
        }
        if (!claimed.isEmpty() && claimed.size() != classes.size()) {
            throw new Rejected(
                    "its manifest names "
                            + claimed.size()
                            + " channels, and "
                            + CHANNELS
                            + " lists "
                            + classes.size()
                            + "; both are to say the same");
        }
    }

    private static List<String> classes(JarContents contents) throws Rejected {
        List<String> classes = new ArrayList<>();
        var file = contents.find(CHANNELS);
        if (file.isEmpty()) {
            return classes;
        }
        if (file.get().size() > MOST_BYTES) {
            throw new Rejected("its " + CHANNELS + " is larger than 64 kB; list its channels only");
        }
        for (String line :
                new String(file.get().unpack(), StandardCharsets.UTF_8).split("\\R", -1)) {
            int comment = line.indexOf('#');
            String name = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!name.isEmpty() && !classes.contains(name)) {
                classes.add(name);
            }
        }
        return classes;
    }
}
