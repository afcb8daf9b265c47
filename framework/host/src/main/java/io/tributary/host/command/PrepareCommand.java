package io.tributary.host.command;

import io.tributary.host.Node;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tributary prepare`: what Java is to have seen before the next start.
///
/// Starts a member on a folder of its own, asks it what the commands ask, and stops it. The
/// launcher has Java watch this and keep what it learns; nothing else comes of it.
@Command(
        name = "prepare",
        description = "Makes every later start quicker.",
        footer = {
            "",
            "Keeps what Java learns at a start in the folder 'cache' of the distribution.",
            "Worth it once after unpacking, and after a change of Java; a build has done it",
            "already. Without it everything works and starts more slowly.",
            "",
            "Example:",
            "  tributary prepare"
        })
final class PrepareCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    private static final List<List<String>> ASKED =
            List.of(
                    List.of("account", "list"),
                    List.of("token", "list"),
                    List.of("conversations"),
                    List.of("dead-letters", "list"),
                    List.of("tail"),
                    List.of("send", "--account", "nobody", "--to", "nobody", "nothing"),
                    List.of("help"));

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tributary-prepare");
        String token = "trb_" + UUID.randomUUID();
        Map<String, String> environment =
                Map.of(
                        "TRIBUTARY_ADMIN_TOKEN",
                        token,
                        "TRIBUTARY_HTTP_PORT",
                        "0",
                        "TRIBUTARY_DATA",
                        folder.toString());
        try (Node node = Node.start(Configuration.load(null, environment), environment)) {
            for (List<String> command : ASKED) {
                ask(command, node, token);
            }
            return Exit.OK;
        } catch (Misconfigured | Node.CannotStart cannot) {
            throw new CommandFailed(Exit.UNAVAILABLE, String.valueOf(cannot.getMessage()));
        } finally {
            remove(folder);
        }
    }

    private static void ask(List<String> command, Node node, String token) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        List<String> words = new ArrayList<>(command);
        if (!command.equals(List.of("help"))) {
            words.addAll(List.of("--url", node.url().toString(), "--token", token));
        }
        var _ = Main.run(nowhere, nowhere, words.toArray(String[]::new));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
