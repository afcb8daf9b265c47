package io.tributary.host.command;

import io.tributary.host.Node;
import io.tributary.host.SteadyNode;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.configuration.Mistake;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tributary serve`: runs a member until it is told to stop.
@Command(
        name = "serve",
        description = "Runs a member. Prints 'ready URL' when it serves.",
        footer = {
            "",
            "Without a file everything has its default. Every key of the file may also come",
            "from the environment, such as TRIBUTARY_HTTP_PORT. TRIBUTARY_ADMIN_TOKEN sets",
            "the first operator's token; otherwise one is made and printed once.",
            "",
            "Example:",
            "  tributary serve --config conf/tributary.yaml --data /var/lib/tributary"
        })
final class ServeCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "tributary.yaml.")
    @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder; wins over the file's.")
    @Nullable Path data;

    @Option(
            names = "--http-port",
            paramLabel = "N",
            description =
                    "The port of APIs and webhooks; wins over the file's; 0 takes a free one.")
    @Nullable Integer port;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Configuration configuration;
        try {
            configuration = Configuration.load(config, environment());
        } catch (Misconfigured wrong) {
            tell(err, wrong);
            return Exit.CONFIGURATION;
        }
        return serve(configuration, err);
    }

    private int serve(Configuration configuration, PrintWriter err) throws InterruptedException {
        try (SteadyNode node = SteadyNode.start(configuration, System.getenv())) {
            Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
            ready(node, err);
            node.await(() -> ready(node, err));
            return Exit.OK;
        } catch (Misconfigured wrong) {
            tell(err, wrong);
            return Exit.CONFIGURATION;
        } catch (Node.CannotStart cannot) {
            err.println("tributary: " + cannot.getMessage());
            return Exit.UNAVAILABLE;
        }
    }

    private void ready(SteadyNode node, PrintWriter err) {
        node.firstToken()
                .ifPresent(token ->
                        err.println(
                                "The first operator's token, shown this once:\n  "
                                        + token
                                        + "\nUse it as TRIBUTARY_TOKEN, or make others with `tributary token create`."));
        spec.commandLine().getOut().println("ready " + node.url());
    }

    private static void tell(PrintWriter err, Misconfigured wrong) {
        for (Mistake mistake : wrong.mistakes()) {
            err.println(mistake);
        }
        int many = wrong.mistakes().size();
        err.println(
                many == 1
                        ? "1 mistake; the member did not start."
                        : many + " mistakes; the member did not start.");
    }

    /// The command line wins over the environment, which wins over the file.
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (data != null) {
            environment.put("TRIBUTARY_DATA", data.toString());
        }
        if (port != null) {
            environment.put("TRIBUTARY_HTTP_PORT", port.toString());
        }
        return environment;
    }
}
