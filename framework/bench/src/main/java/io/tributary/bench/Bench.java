package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs what is asked for and tells what came out.
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Plan plan;
        try {
            plan = Plan.of(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage() + "\n" + Plan.USAGE);
            System.exit(2);
            return;
        }
        // beside the project, since a system's folder for temporary files may be no disk at all
        Path target = Files.createDirectories(plan.project().resolve("framework/bench/target"));
        Path folder = Files.createTempDirectory(target, "run");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(folder), "leave"));
        run(plan, folder);
    }

    /// Also when somebody has enough before the end: no server stays, and no log.
    private static void leave(Path folder) {
        List<ProcessHandle> servers = ProcessHandle.current().descendants().toList();
        servers.forEach(ProcessHandle::destroy);
        try {
            for (ProcessHandle server : servers) {
                server.onExit().get(40, TimeUnit.SECONDS);
            }
            Postgres.awaitEnds(folder);
            Folders.delete(folder);
        } catch (IOException | ExecutionException | TimeoutException failure) {
            System.err.println("bench: " + folder + " is left behind: " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Plan plan, Path folder) throws IOException, InterruptedException {
        Machine machine = Machine.of(folder);
        var report = new Report(plan, machine);
        report.say("%s", machine.text());
        Launcher launcher = Launcher.of(plan.project());
        if (plan.has(Plan.Part.INGEST)
                || plan.has(Plan.Part.CAMEL)
                || plan.has(Plan.Part.STREAM)
                || plan.has(Plan.Part.MEMORY)) {
            try (Member member = Member.start(launcher, folder)) {
                onOneMember(plan, report, new Ingest(plan, report, launcher, folder), member);
            }
        }
        if (plan.has(Plan.Part.NEIGHBOURS)) {
            Path own = Files.createDirectory(folder.resolve("neighbours"));
            try (Member member =
                    Member.start(
                            launcher, own, Map.of("TRIBUTARY_PLUGINS_ALLOW_UNSIGNED", "true"))) {
                double full = new Ingest(plan, report, launcher, own).alone(member);
                new Neighbours(plan, report, launcher, own).run(member, full);
            }
        }
        for (Map.Entry<Plan.Part, Scenario.Maker> each : scenarios().entrySet()) {
            if (plan.has(each.getKey())) {
                Path own = Files.createDirectory(folder.resolve(each.getKey().word()));
                each.getValue().make(plan, report, launcher, own).run();
            }
        }
        report.end();
    }

    private static Map<Plan.Part, Scenario.Maker> scenarios() {
        var all = new EnumMap<Plan.Part, Scenario.Maker>(Plan.Part.class);
        all.put(Plan.Part.SCALE, Scale::new);
        all.put(Plan.Part.CLUSTER, Cluster::new);
        all.put(Plan.Part.ARRIVAL, Arrival::new);
        all.put(Plan.Part.COST, Cost::new);
        all.put(Plan.Part.DISPATCH, Dispatch::new);
        all.put(Plan.Part.WHATSAPP, WhatsApp::new);
        all.put(Plan.Part.SOCKETS, Sockets::new);
        all.put(Plan.Part.SMPP, Smpp::new);
        all.put(Plan.Part.MQTT, Mqtt::new);
        all.put(Plan.Part.PLUGINS, Plugins::new);
        return all;
    }

    private static void onOneMember(Plan plan, Report report, Ingest ingest, Member member)
            throws IOException, InterruptedException {
        double perSecond =
                plan.has(Plan.Part.INGEST) || plan.has(Plan.Part.CAMEL)
                        ? ingest.run(member)
                        : plan.has(Plan.Part.STREAM) ? ingest.alone(member) : 0;
        if (plan.has(Plan.Part.STREAM)) {
            new StreamDelay(plan, report, StreamDelay.Readers.SAME)
                    .run(
                            new Contestant("durable", member.server(), true),
                            member.server().url(),
                            perSecond);
        }
        if (plan.has(Plan.Part.MEMORY)) {
            new Memory(plan, report).run(member);
        }
    }
}
