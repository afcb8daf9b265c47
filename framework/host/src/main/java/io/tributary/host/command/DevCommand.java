package io.tributary.host.command;

import io.tributary.host.Node;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.workshop.Bench;
import io.tributary.host.workshop.BenchState;
import io.tributary.host.workshop.DevRoutes;
import io.tributary.host.workshop.PageKey;
import io.tributary.host.workshop.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tributary dev [DIR]`.
@Command(
        name = "dev",
        description = "Runs a member with the channel that you are writing, and reloads on save.",
        footer = {
            "",
            "Prints the address of a page: send what the provider would send, see the raw event,",
            "what became of it, and the stream. What does not compile changes nothing: what",
            "served before goes on serving. The address has a key in it: who has it may do",
            "with this member what you may.",
            "",
            "dev/account.json is the account that it is tried with, dev/provider.http how the",
            "stand-in for the provider answers, dev/examples what the page offers to send. Data",
            "and log are in .tributary/; remove it to begin anew.",
            "",
            "Example:",
            "  tributary new-channel paging",
            "  tributary dev paging"
        })
final class DevCommand implements Callable<Integer> {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Mixin Help help = new Help();

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "The project (default: this folder).")
    Path dir = Path.of(".");

    @Option(
            names = "--http-port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The member's port (default: ${DEFAULT-VALUE}); 0 takes a free one.")
    int port = 8080;

    @Option(
            names = {"-o", "--offline"},
            description = "Have Maven ask nobody elsewhere.")
    boolean offline;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Project project;
        try {
            project = Project.in(dir);
        } catch (IllegalArgumentException none) {
            throw new CommandFailed(
                    Exit.USAGE, none.getMessage() + "; make one with `tributary new-channel`.");
        }
        Path repository = Home.folder().resolve("repository");
        try (var bench = new Bench(project, repository, offline, this::tell)) {
            return run(project, bench);
        } catch (IllegalStateException noCompiler) {
            throw new CommandFailed(Exit.UNAVAILABLE, noCompiler.getMessage() + ".");
        }
    }

    private int run(Project project, Bench bench) throws IOException, InterruptedException {
        String token = token(project);
        Map<String, String> environment = environment(project, token);
        var stopped = new CountDownLatch(1);
        try (Node node =
                        Node.start(
                                Configuration.load(null, environment),
                                environment,
                                (routes, log) ->
                                        new DevRoutes(project, bench, log, token).add(routes));
                var member = new DevMember(node.url(), token)) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> stop(bench, node, stopped), "stop"));
            spec.commandLine().getOut().println("ready " + PageKey.of(token).page(node.url()));
            spec.commandLine().getOut().flush();
            bench.start(member);
            stopped.await();
            return Exit.OK;
        } catch (Misconfigured wrong) {
            wrong.mistakes().forEach(spec.commandLine().getErr()::println);
            return Exit.CONFIGURATION;
        } catch (Node.CannotStart cannot) {
            throw new CommandFailed(Exit.UNAVAILABLE, String.valueOf(cannot.getMessage()));
        }
    }

    private static void stop(Bench bench, Node node, CountDownLatch stopped) {
        try {
            bench.close();
        } catch (IOException leaving) {
            // the process ends in any case
        }
        node.close();
        stopped.countDown();
    }

    private void tell(BenchState state) {
        Screen screen = new Output(spec.commandLine().getOut(), false).screen();
        String clock = screen.dim(CLOCK.format(LocalTime.now(ZoneId.systemDefault())));
        switch (state.phase()) {
            case PREPARING -> screen.line(clock + "  " + state.text());
            case SERVING ->
                    screen.line(
                            clock
                                    + "  "
                                    + screen.good(state.text())
                                    + (state.took() == 0
                                            ? ""
                                            : "  " + state.took() + " ms after the save"));
            case FAULTY -> {
                screen.line(clock + "  " + screen.bad(state.text()));
                state.complaints().forEach(each -> screen.line(each.toString()));
            }
        }
    }

    /// Loopback alone, unsigned plugins, no waiting for the version before: a member for one
    /// person.
    private Map<String, String> environment(Project project, String token) throws IOException {
        Path kept = project.kept();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(each -> each.startsWith("TRIBUTARY_HTTP_"));
        environment.put("TRIBUTARY_HTTP_HOST", "127.0.0.1");
        environment.put("TRIBUTARY_HTTP_PORT", String.valueOf(port));
        environment.put("TRIBUTARY_DATA", kept.resolve("data").toString());
        environment.put(
                "TRIBUTARY_PLUGINS_FOLDER",
                Files.createDirectories(kept.resolve("plugins")).toString());
        environment.put("TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true");
        environment.put("TRIBUTARY_PLUGINS_WATCH", "0s");
        environment.put("TRIBUTARY_EGRESS_ALLOW", "127.0.0.0/8");
        environment.putIfAbsent("TRIBUTARY_LOG_LEVEL", "warn");
        environment.put("TRIBUTARY_ADMIN_TOKEN", token);
        return environment;
    }

    /// The same at each start: a page that is open stays signed in.
    private static String token(Project project) throws IOException {
        Path file = Files.createDirectories(project.kept()).resolve("token");
        if (!Files.exists(file)) {
            Files.writeString(file, "trb_" + UUID.randomUUID().toString().replace("-", ""));
        }
        return Files.readString(file).strip();
    }
}
