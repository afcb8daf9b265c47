package io.tributary.host.workshop;

import io.tributary.host.artifacts.SpiVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A project of a channel that takes and brings texts over HTTP: compiles, passes its contract, and
/// is to be changed into whatever is wanted.
public final class NewChannel {

    private final ChannelName name;
    private final Path home;

    /// @param home of the distribution, with the Maven repository that the project is built from
    public NewChannel(ChannelName name, Path home) {
        this.name = name;
        this.home = home;
    }

    /// Writes the project.
    ///
    /// @param folder is made; what is in it already stays, unless it would have to be overwritten
    /// @return the files, relative to the folder
    /// @throws IllegalStateException there are files already
    public List<Path> writeTo(Path folder) throws IOException {
        if (Files.exists(folder) && !empty(folder)) {
            throw new IllegalStateException(folder + " is not empty");
        }
        Map<String, String> words = words();
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> each : files().entrySet()) {
            Path file = folder.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    Template.named(each.getValue()).filled(words),
                    StandardOpenOption.CREATE_NEW);
            written.add(folder.relativize(file));
        }
        return written;
    }

    private static boolean empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private Map<String, String> words() {
        Map<String, String> words = new TreeMap<>(Versions.ofThisBuild());
        words.put("name", name.id());
        words.put("Name", name.type());
        words.put("title", name.title());
        words.put("package", name.javaPackage());
        words.put("spi", SpiVersion.OURS.toString());
        words.put("home", path(home.toAbsolutePath().normalize().toUri()));
        return words;
    }

    /// As it may stand in an address, without the slash that ends a folder's.
    private static String path(URI folder) {
        String path = folder.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /// Paths in the project, each with the template that it is made from.
    private Map<String, String> files() {
        String main = "src/main/java/" + name.folder() + "/";
        String resources = "src/main/resources/";
        String test = "src/test/java/" + name.folder() + "/";
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", "README.md");
        files.put("pom.xml", "pom.xml");
        files.put(".gitignore", "gitignore.txt");
        files.put(".mvn/maven.config", "maven.config");
        files.put(main + "package-info.java", "package-info.java.txt");
        files.put(main + name.type() + "Channel.java", "Channel.java.txt");
        files.put(main + name.type() + "Account.java", "Account.java.txt");
        files.put(resources + "META-INF/services/io.tributary.spi.Channel", "services.txt");
        files.put(resources + name.folder() + "/settings.json", "settings.json");
        files.put(resources + name.folder() + "/icon.svg", "icon.svg");
        files.put(test + name.type() + "ContractTest.java", "ContractTest.java.txt");
        files.put(test + name.type() + "AccountTest.java", "AccountTest.java.txt");
        files.put("dev/account.json", "account.json");
        files.put("dev/provider.http", "provider.http");
        files.put("dev/examples/text.http", "text.http");
        return files;
    }
}
