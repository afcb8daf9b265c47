package io.tributary.host.command;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a command finds its member.
final class Connection {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The member (default: TRIBUTARY_URL, else the one of --data, else port 8080"
                            + " here).")
    @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A bearer token. Default: TRIBUTARY_TOKEN, else TRIBUTARY_ADMIN_TOKEN.")
    @Nullable String token;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description =
                    "The data folder of a member on this machine (default: ${DEFAULT-VALUE}).")
    Path data = Path.of("data");

    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    Client client() {
        return new Client(member(), key());
    }

    private URI member() {
        if (url != null) {
            return address(url);
        }
        String named = System.getenv("TRIBUTARY_URL");
        if (named != null && !named.isBlank()) {
            return address(named.strip());
        }
        return address(left("member.url", "http://127.0.0.1:8080"));
    }

    private static URI address(String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            try {
                URI address = new URI(text);
                if (address.getHost() != null) {
                    return address;
                }
            } catch (URISyntaxException no) {
                throw noAddress(text);
            }
        }
        throw noAddress(text);
    }

    private static CommandFailed noAddress(String text) {
        return new CommandFailed(
                Exit.USAGE,
                "'"
                        + Screen.visible(text)
                        + "' is no member's address: one looks like http://127.0.0.1:8080.");
    }

    private String key() {
        if (token != null) {
            return token;
        }
        for (String name : new String[] {"TRIBUTARY_TOKEN", "TRIBUTARY_ADMIN_TOKEN"}) {
            String named = System.getenv(name);
            if (named != null && !named.isBlank()) {
                return named;
            }
        }
        throw new CommandFailed(
                Exit.NOT_ALLOWED,
                "No token. Name one with --token or TRIBUTARY_TOKEN; the member printed one when it first started.");
    }

    /// What a member on this machine left in its data folder.
    private String left(String file, String otherwise) {
        try {
            Path path = data.resolve(file);
            return Files.isReadable(path) ? Files.readString(path).strip() : otherwise;
        } catch (IOException unreadable) {
            return otherwise;
        }
    }
}
