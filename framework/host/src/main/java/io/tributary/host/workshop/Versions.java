package io.tributary.host.workshop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// What this build was built with, by name: a new project is built with the same.
final class Versions {

    private Versions() {}

    static Map<String, String> ofThisBuild() {
        var read = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            if (in == null) {
                throw new IllegalStateException("the build left out versions.properties");
            }
            read.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, String> versions = new TreeMap<>();
        read.forEach((name, version) -> versions.put("version." + name, version.toString()));
        return versions;
    }
}
