package io.tributary.host.plugins;

import io.tributary.model.Json;
import io.tributary.spi.Channel;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Makes a plugin jar out of Java sources, as a plugin's own build would.
public final class PluginJar {

    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private String channels = "";

    private PluginJar() {
        entries.put("META-INF/README.md", "# A plugin\n".getBytes(StandardCharsets.UTF_8));
    }

    /// A jar with the three manifest entries that a plugin needs and a README, and nothing else.
    public static PluginJar of(String id, String version) {
        return new PluginJar()
                .manifest("Plugin-Id", id)
                .manifest("Plugin-Version", version)
                .manifest("Tributary-Spi", "0.1");
    }

    /// A plugin with one channel that does as little as possible.
    public static PluginJar plain(String id, String version) {
        return of(id, version).channel("plain." + id, id, "", "return null;");
    }

    public PluginJar manifest(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    public PluginJar withoutManifest(String name) {
        manifest.remove(name);
        return this;
    }

    public PluginJar source(String className, String code) {
        sources.put(className, code);
        return this;
    }

    public PluginJar entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    public PluginJar without(String entry) {
        entries.remove(entry);
        return this;
    }

    /// Lists a class as channel.
    public PluginJar provides(String className) {
        channels += className + "\n";
        return this;
    }

    /// A channel whose constructor runs `constructor` and whose `open` runs `open`.
    public PluginJar channel(String inPackage, String id, String constructor, String open) {
        return channel(inPackage, id, constructor, open, "{\\\"type\\\":\\\"object\\\"}");
    }

    /// The same with a settings schema, escaped as in Java source.
    public PluginJar channel(
            String inPackage, String id, String constructor, String open, String schema) {
        var packageName = inPackage.replace('-', '_');
        return source(
                        packageName + ".TheChannel",
                        """
                        package %s;
                        import io.tributary.model.*;
                        import io.tributary.spi.*;
                        import java.util.*;
                        public final class TheChannel implements Channel {
                            public TheChannel() throws Exception {
                                %s
                            }
                            @Override public ChannelDescriptor descriptor() {
                                return new ChannelDescriptor(ChannelId.of("%s"), "A channel", "<svg/>",
                                        Json.of("%s"), Set.of(ChannelId.of("%s")), 8);
                            }
                            @Override public Account open(AccountContext context) {
                                %s
                            }
                        }
                        """
                                .formatted(packageName, constructor, id, schema, id, open))
                .provides(packageName + ".TheChannel");
    }

    /// Compiles the sources and writes the jar.
    public Path write(Path folder, String name) {
        var file = folder.resolve(name);
        var about = new Manifest();
        about.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((key, value) -> about.getMainAttributes().putValue(key, value));
        try (var jar = new JarOutputStream(Files.newOutputStream(file), about)) {
            if (!channels.isEmpty()) {
                put(
                        jar,
                        "META-INF/services/" + Channel.class.getName(),
                        channels.getBytes(StandardCharsets.UTF_8));
            }
            for (var compiled : compile(folder).entrySet()) {
                put(jar, compiled.getKey(), compiled.getValue());
            }
            for (var entry : entries.entrySet()) {
                put(jar, entry.getKey(), entry.getValue());
            }
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Map<String, byte[]> compile(Path folder) throws IOException {
        if (sources.isEmpty()) {
            return Map.of();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var classes = Files.createTempDirectory(folder, "classes");
        var messages = new StringWriter();
        var options = List.of("-proc:none", "-d", classes.toString(), "-classpath", apiClassPath());
        var units =
                sources.entrySet().stream()
                        .<JavaFileObject>map(each -> new Source(each.getKey(), each.getValue()))
                        .toList();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            if (!compiler.getTask(messages, files, null, options, null, units).call()) {
                throw new AssertionError("the test's plugin does not compile:\n" + messages);
            }
        }
        return readAll(classes);
    }

    private static Map<String, byte[]> readAll(Path classes) throws IOException {
        var compiled = new LinkedHashMap<String, byte[]>();
        try (Stream<Path> all = Files.walk(classes)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                compiled.put(
                        classes.relativize(file).toString().replace('\\', '/'),
                        Files.readAllBytes(file));
            }
        }
        return compiled;
    }

    /// What a plugin is compiled against: the model and the SPI.
    private static String apiClassPath() {
        return String.join(
                java.io.File.pathSeparator, location(Channel.class), location(Json.class));
    }

    private static String location(Class<?> type) {
        try {
            var source = type.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String className, String code) {
            super(URI.create("source:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
