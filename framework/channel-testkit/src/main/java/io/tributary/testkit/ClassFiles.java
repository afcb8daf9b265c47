package io.tributary.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The classes that a card speaks of: whoever has a jar can tell whether it is made of the same.
///
/// @param packages the folders in which they are, such as `com/acme/pager`; a library that is
///   packed into the jar later has others
/// @param sha256 of the lines `digest name` of all classes, ordered by name
record ClassFiles(int count, List<String> packages, String sha256) {

    static ClassFiles in(Path folder) throws IOException {
        var digests = new TreeMap<String, String>();
        var packages = new TreeSet<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                var name = folder.relativize(file).toString().replace('\\', '/');
                digests.put(name, digest(Files.readAllBytes(file)));
                packages.add(name.substring(0, Math.max(0, name.lastIndexOf('/'))));
            }
        }
        var lines = new StringBuilder();
        digests.forEach((name, digest) -> lines.append(digest + "  " + name + "\n"));
        return new ClassFiles(
                digests.size(),
                List.copyOf(packages),
                digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
