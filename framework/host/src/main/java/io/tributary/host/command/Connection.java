package io.tributary.host.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a command finds its member.
final class Connection {

    private static final Path USUAL_FOLDER = Path.of("data");
    private static final String ADDRESS = "member.url";
    private static final String OTHERWISE = "http://127.0.0.1:8080";

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
            description = "The data folder of a member on this machine (default: data).")
    @Nullable Path data;

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
        return data == null ? nearby(USUAL_FOLDER) : address(left(data));
    }

    /// Whoever made the folder that one happens to be in may not choose who gets the token.
    private static URI nearby(Path folder) {
        URI left = address(left(folder));
        if (!onThisMachine(left.getHost())) {
            throw new CommandFailed(
                    Exit.USAGE,
                    folder.resolve(ADDRESS)
                            + " names "
                            + Screen.visible(left.toString())
                            + ", which is not on this machine: if it is to get the token, say so with --url or --data.");
        }
        return left;
    }

    private static boolean onThisMachine(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
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
    private static String left(Path folder) {
        try {
            Path path = folder.resolve(ADDRESS);
            return Files.isReadable(path) ? Files.readString(path).strip() : OTHERWISE;
        } catch (IOException unreadable) {
            return OTHERWISE;
        }
    }
}
