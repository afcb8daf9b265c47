package io.tributary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Members with one log and one SMS account, each in a process of its own.
final class Fleet implements AutoCloseable {

    /// What the provider believes to call.
    static final URI SIGNED = URI.create("http://sms.example.com/channels/bench/webhook");

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

    private final List<Member> members = new ArrayList<>();
    private final @Nullable Postgres database;

    /// How members know of each other.
    enum Bond {
        /// They do not: there is one.
        ALONE,
        /// They hear of each other at once.
        GRID,
        /// They share the log, and look for what others did.
        LOG
    }

    private Fleet(@Nullable Postgres database) {
        this.database = database;
    }

    /// One member on SQLite.
    static Fleet sqlite(Launcher launcher, Path folder) throws IOException, InterruptedException {
        return started(launcher, folder, null, 1, Bond.ALONE, "");
    }

    /// Members on PostgreSQL, which is the caller's to close after them.
    ///
    /// @param folder where their data and log lines go
    static Fleet postgres(Launcher launcher, Path folder, Postgres database, int count, Bond bond)
            throws IOException, InterruptedException {
        return started(launcher, folder, database, count, bond, "");
    }

    /// The same with more in their configuration, in YAML.
    static Fleet postgres(
            Launcher launcher, Path folder, Postgres database, int count, Bond bond, String more)
            throws IOException, InterruptedException {
        return started(launcher, folder, database, count, bond, more);
    }

    private static Fleet started(
            Launcher launcher,
            Path folder,
            @Nullable Postgres database,
            int count,
            Bond bond,
            String more)
            throws IOException, InterruptedException {
        Fleet fleet = new Fleet(database);
        try {
            List<Integer> ports = freePorts(count);
            for (int number = 0; number < count; number++) {
                String text = fleet.log() + cluster(ports, number, bond) + account() + more;
                fleet.members.add(
                        member(
                                launcher,
                                Files.createDirectories(folder.resolve("member-" + number)),
                                text));
            }
            if (bond != Bond.ALONE) {
                fleet.awaitGrid(bond == Bond.GRID ? count : 1);
            }
            return fleet;
        } catch (IOException | InterruptedException failure) {
            fleet.close();
            throw failure;
        }
    }

    private static Member member(Launcher launcher, Path home, String text) throws IOException {
        Path file = Files.writeString(home.resolve("tributary.yaml"), text);
        return Member.of(
                Server.start(
                        home.resolve("member.log"),
                        Map.of(
                                "TRIBUTARY_ADMIN_TOKEN",
                                Member.TOKEN,
                                "TRIBUTARY_MASTER_KEY",
                                KEY,
                                "TRIBUTARY_JAVA_HOME",
                                System.getProperty("java.home"),
                                "TRIBUTARY_EGRESS_ALLOW",
                                "127.0.0.0/8"),
                        List.of(
                                launcher.file().toString(),
                                "serve",
                                "--config",
                                file.toString(),
                                "--data",
                                home.resolve("data").toString(),
                                "--http-port",
                                "0")));
    }

    private String log() {
        return database == null
                ? ""
                : """
                log:
                  database: {url: "%s", user: %s}
                """
                        .formatted(database.url(), database.user());
    }

    private static String cluster(List<Integer> ports, int number, Bond bond) {
        if (bond == Bond.ALONE) {
            return "";
        }
        List<String> known =
                (bond == Bond.GRID ? ports : List.of(ports.get(number)))
                        .stream().map(port -> "\"127.0.0.1:" + port + "\"").toList();
        return """
        cluster:
          name: bench
          member: member-%d
          port: %d
          members: [%s]
          keys: ["%s"]
        """
                .formatted(number, ports.get(number), String.join(", ", known), KEY);
    }

    private static String account() {
        return """
        accounts:
          bench:
            channel: sms-twilio
            config: {accountSid: %s, from: "%s", publicUrl: "http://sms.example.com"}
            secrets: {authToken: %s}
        """
                .formatted(Webhooks.ACCOUNT_SID, Webhooks.NUMBER, Webhooks.AUTH_TOKEN);
    }

    /// All different, since all are taken before one is given back.
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return taken.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket each : taken) {
                each.close();
            }
        }
    }

    /// Waits until each member is in a grid of so many.
    void awaitGrid(int size) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (Member each : members) {
            while (each.figure("tributary_grid_members ") != size) {
                if (System.nanoTime() - begin > PATIENCE) {
                    throw new IOException(
                            "the grid has not come to " + size + " members in two minutes");
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    /// Ends those who are too many, and waits until the others know.
    void shrink(int count) throws IOException, InterruptedException {
        while (members.size() > count) {
            members.removeLast().close();
        }
        awaitGrid(count);
    }

    Member member(int number) {
        return members.get(number);
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /// Where each member takes what is signed for [#SIGNED].
    List<URI> doors() {
        return members.stream().map(Member::webhook).toList();
    }

    /// Seconds of processor time of all members so far.
    double cpuSeconds() {
        return members.stream().mapToDouble(each -> each.server().cpuSeconds()).sum();
    }

    /// Seconds of the database server's; 0 where there is none.
    double databaseCpuSeconds() {
        try {
            return database == null ? 0 : database.cpuSeconds();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The sum of all members' figures whose lines begin so.
    double figure(String start) throws IOException, InterruptedException {
        double sum = 0;
        for (Member each : members) {
            sum += each.figure(start);
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        while (!members.isEmpty()) {
            members.removeLast().close();
        }
    }
}
