package io.tributary.host.command;

import io.tributary.host.artifacts.SigningKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `tributary plugin keygen`.
@Command(
        name = "keygen",
        description = "Makes a key to sign plugins with.",
        footer = {
            "",
            "NAME.key is the private key: who has it can sign. Keep it where you keep secrets.",
            "NAME.pub is the public key; what is printed goes into the trust list of those",
            "who are to take your plugins.",
            "",
            "Example:",
            "  tributary plugin keygen acme --owner 'Acme Paging' --plugins 'acme-*'"
        })
final class PluginKeygenCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "NAME.key and NAME.pub are made.")
    Path name = Path.of("plugin");

    @Option(names = "--owner", paramLabel = "TEXT", description = "Whose key it is, in words.")
    String owner = "";

    @Option(
            names = "--plugins",
            paramLabel = "ID",
            defaultValue = "*",
            description = "Which plugins it is to sign: an id, or the beginning of ids and a *.")
    String plugins = "*";

    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean json;

    @Override
    public Integer call() {
        KeyPair pair = SigningKeys.generate();
        Path secret = Path.of(name + ".key");
        Path open = Path.of(name + ".pub");
        write(secret, SigningKeys.pem(pair), ownerOnly(secret));
        write(open, SigningKeys.pem(pair.getPublic()));
        String id = SigningKeys.id(pair.getPublic());
        var output = new Output(spec.commandLine().getOut(), json);
        ObjectNode node =
                Client.JSON
                        .createObjectNode()
                        .put("id", id)
                        .put("key", SigningKeys.line(pair.getPublic()))
                        .put("privateKeyFile", secret.toString())
                        .put("publicKeyFile", open.toString());
        if (output.json(node)) {
            return Exit.OK;
        }
        Screen screen = output.screen();
        screen.line("Made " + id + ": " + secret + " (secret) and " + open + ".");
        screen.line("For the trust list:");
        screen.line("");
        screen.line("keys:");
        screen.line("  - key: " + SigningKeys.line(pair.getPublic()));
        screen.line("    owner: " + Client.JSON.writeValueAsString(owner));
        screen.line("    plugins: [" + Client.JSON.writeValueAsString(plugins) + "]");
        return Exit.OK;
    }

    private static void write(Path file, String text, FileAttribute<?>... attributes) {
        try {
            Files.createFile(file, attributes);
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailed(
                    Exit.REFUSED, file + " is there already; take another name, or move it away.");
        } catch (IOException failure) {
            throw new CommandFailed(
                    Exit.REFUSED, file + " cannot be written: " + failure.getMessage() + ".");
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
