package io.tributary.host.command;

import io.tributary.host.artifacts.Rejected;
import io.tributary.host.artifacts.Signing;
import io.tributary.host.artifacts.SigningKeys;
import io.tributary.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `tributary plugin sign`.
@Command(
        name = "sign",
        description = "Signs a plugin's jar; nothing of the jar runs.",
        footer = {
            "",
            "The signature goes into the jar's ZIP comment, in the place of one that is there.",
            "The same jar and key give the same bytes. What every member would refuse is not",
            "signed.",
            "",
            "Example:",
            "  tributary plugin sign target/pager-1.4.0.jar --key acme.key"
        })
final class PluginSignCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JAR", description = "The plugin's jar.")
    Path jar = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The private key, as `plugin keygen` made it.")
    Path key = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the signed jar goes; in the place of JAR by default.")
    @Nullable Path to;

    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean json;

    @Override
    public Integer call() {
        KeyPair pair = pair();
        Bytes signed;
        try {
            signed = Signing.sign(NamedJar.read(jar), pair);
        } catch (Rejected rejected) {
            throw NamedJar.refused(jar, rejected);
        }
        Path target = to == null ? jar : to;
        write(target, signed);
        String id = SigningKeys.id(pair.getPublic());
        var output = new Output(spec.commandLine().getOut(), json);
        ObjectNode node =
                Client.JSON.createObjectNode().put("file", target.toString()).put("key", id);
        if (!output.json(node)) {
            output.screen()
                    .line("Signed " + Screen.visible(target.toString()) + " with " + id + ".");
        }
        return Exit.OK;
    }

    private KeyPair pair() {
        try {
            return SigningKeys.readPair(Files.readString(key));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(
                    Exit.REFUSED,
                    key
                            + " is no key to sign with: "
                            + wrong.getMessage()
                            + ". `tributary plugin keygen` makes one; it holds the private key and"
                            + " the public one.");
        } catch (IOException failure) {
            throw new CommandFailed(
                    Exit.REFUSED, key + " cannot be read: " + failure.getMessage() + ".");
        }
    }

    /// Whoever looks at the target sees the old jar or the whole new one.
    private static void write(Path target, Bytes signed) {
        Path unfinished = Path.of(target + ".signing");
        try {
            Files.write(unfinished, signed.toArray());
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new CommandFailed(
                    Exit.REFUSED, target + " cannot be written: " + failure.getMessage() + ".");
        }
    }
}
