package io.tributary.host.workshop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs a plugin's jar in memory: what was compiled, the resources as they are, and whatever else
/// Maven packed.
final class PluginJar {

    private static final LocalDateTime ALWAYS = LocalDateTime.of(2000, 1, 1, 0, 0);

    private PluginJar() {}

    static byte[] pack(Project project, Blueprint blueprint, Map<String, byte[]> classes)
            throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        byte[] manifest = blueprint.packed().get(JarFile.MANIFEST_NAME);
        if (manifest != null) {
            entries.put(JarFile.MANIFEST_NAME, manifest);
        }
        entries.putAll(blueprint.packed());
        entries.putAll(classes);
        for (Path each : Project.files(project.resources())) {
            String name = project.resources().relativize(each).toString().replace('\\', '/');
            entries.put(name, Files.readAllBytes(each));
        }
        if (Files.exists(project.readme())) {
            entries.put("META-INF/README.md", Files.readAllBytes(project.readme()));
        }
        var jar = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(jar)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                put(zip, each.getKey(), each.getValue());
            }
        }
        return jar.toByteArray();
    }

    /// As they are: the jar goes no further than this process. The same bytes make the same jar.
    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var sum = new CRC32();
        sum.update(bytes);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(ALWAYS);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
