package io.tributary.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// A plugin that does to others what it can.
final class BruteJar {

    private static final String SOURCE =
            """
            package brute;
            import io.tributary.model.*;
            import io.tributary.spi.*;
            import java.util.*;
            import java.util.concurrent.atomic.AtomicInteger;
            public final class Brute implements Channel {
                @Override public ChannelDescriptor descriptor() {
                    return new ChannelDescriptor(ChannelId.of("CHANNEL"), "Brute", "<svg/>",
                            Json.of("{\\"type\\":\\"object\\"}"), Set.of(ChannelId.of("CHANNEL")), 8);
                }
                @Override public Account open(AccountContext context) {
                    return new Opened();
                }
                public static final class Opened implements Account, ReceivesWebhooks {
                    private final AtomicInteger count = new AtomicInteger();
                    @Override public Capabilities capabilities(Conversation conversation) {
                        return Capabilities.NONE;
                    }
                    @Override public WebhookVerdict verify(WebhookRequest request) {
                        return WebhookVerdict.accepted(Delivery.of(RawEvent.of(
                                "event", request.body(), Dedupe.key(request.body().utf8()))));
                    }
                    @Override public List<Inbound> translate(Arrival arrival) throws Exception {
                        HARM
                        return List.of();
                    }
                }
            }
            """;

    private BruteJar() {}

    /// @param library the distribution's jars
    static Path write(Bruteness what, Path library, Path folder) throws IOException {
        return write(what.id(), what.code(), library, folder);
    }

    /// @param id of the plugin, and of its channel
    /// @param code what it does to translate, as in [Bruteness#code]
    static Path write(String id, String code, Path library, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(id));
        compile(SOURCE.replace("CHANNEL", id).replace("HARM", code), library, classes);
        Path jar = folder.resolve(id + ".jar");
        var manifest = new Manifest();
        var entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.putValue("Plugin-Id", id);
        entries.putValue("Plugin-Version", "1.0.0");
        entries.putValue("Tributary-Spi", "0.1");
        entries.putValue("Tributary-Channels", id);
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes, manifest);
                Stream<Path> compiled = Files.walk(classes)) {
            put(out, "META-INF/README.md", "# Harms others\n");
            put(out, "META-INF/services/io.tributary.spi.Channel", "brute.Brute\n");
            for (Path file : compiled.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
        return Files.write(jar, bytes.toByteArray());
    }

    private static void put(JarOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }

    private static void compile(String source, Path library, Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("no Java compiler: run this on a JDK");
        }
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> jars = Files.list(library)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(
                    StandardLocation.CLASS_PATH, jars.collect(Collectors.toList()));
            var options = List.of("-proc:none", "--release", "25");
            if (!compiler.getTask(messages, files, null, options, null, List.of(new Text(source)))
                    .call()) {
                throw new IOException("the plugin does not compile:\n" + messages);
            }
        }
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String code;

        Text(String code) {
            super(URI.create("source:///brute/Brute.java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
