package io.tributary.host.command;

import io.tributary.host.artifacts.Rejected;
import io.tributary.host.artifacts.SigningKeys;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.artifacts.TrustedKey;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.artifacts.VerifiedJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `tributary plugin verify`.
@Command(
        name = "verify",
        description = "Says whether a member would take a jar: exit code 0, or 1 and why not.",
        footer = {
            "",
            "Needs no member and runs nothing of the jar. `plugin inspect` shows more.",
            "",
            "Examples:",
            "  tributary plugin verify pager-1.4.0.jar --config conf/tributary.yaml",
            "  tributary plugin verify pager-1.4.0.jar --key acme.pub"
        })
final class PluginVerifyCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Mixin TrustOptions options = new TrustOptions();

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JAR", description = "The plugin's jar.")
    Path jar = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A public key that is trusted besides, for every plugin.")
    @Nullable Path key;

    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean json;

    @Override
    public Integer call() {
        try {
            VerifiedJar verified =
                    new Verification(trust()).check(NamedJar.read(jar), jar.toString());
            var output = new Output(spec.commandLine().getOut(), json);
            ObjectNode node =
                    Client.JSON
                            .createObjectNode()
                            .put("id", verified.plugin().id())
                            .put("version", verified.plugin().version())
                            .put("sha256", verified.sha256())
                            .put("signer", verified.voucher().toString());
            if (!output.json(node)) {
                output.screen()
                        .line(
                                verified.plugin()
                                        + " is taken: "
                                        + Screen.visible(verified.voucher().toString()));
            }
            return Exit.OK;
        } catch (Rejected rejected) {
            throw NamedJar.refused(jar, rejected);
        }
    }

    private Trust trust() {
        Trust trust = options.trust();
        if (key == null) {
            return trust;
        }
        try {
            var read = SigningKeys.readPublic(Files.readString(key));
            return trust.with(new TrustedKey(read, key.toString(), List.of("*")));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(
                    Exit.REFUSED, key + " is no public key: " + wrong.getMessage() + ".");
        } catch (IOException failure) {
            throw new CommandFailed(
                    Exit.REFUSED, key + " cannot be read: " + failure.getMessage() + ".");
        }
    }
}
