package io.tributary.samples.cluster;

import io.tributary.twilio.simulator.Options;
import io.tributary.twilio.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Everything that runs: the database, three members, the front, and a stand-in for an SMS
/// provider.
///
/// Closed from the top down, at any moment, also while it is being built.
final class Cluster implements AutoCloseable {

    static final String SMS = "sms";

    private static final Duration MOST_FOR_SHARING = Duration.ofMinutes(2);
    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final String COMPANY = "+15005550006";
    private static final String ACCOUNT_SID = "AC00000000000000000000000000000001";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Member> members = new ArrayList<>();
    private final BlockingQueue<Member> ended = new LinkedBlockingQueue<>();
    private final Launcher launcher;
    private final Path distribution;
    private final Settings.Secrets secrets = Settings.Secrets.random();
    private final Operator operator = new Operator(secrets.operator());
    private boolean closed;

    Cluster(Path distribution) throws IOException {
        this.distribution = distribution;
        this.launcher = Launcher.of(distribution);
    }

    /// The parts that are there when all has started.
    ///
    /// @param key signs plugins that the members trust
    record Parts(Folder folder, Database database, Front front, Simulator provider, Path key) {}

    /// Starts the database and whatever the members need to know beforehand.
    Parts found() throws IOException, InterruptedException {
        Folder folder = Folder.make();
        // closed after the folder: what is in order then stays so
        opened(Guard.over(folder.path()));
        opened(folder);
        Path key = folder.path().resolve("maker.key");
        Path trust = folder.path().resolve("trust.yaml");
        String said =
                launcher.run(
                        "plugin",
                        "keygen",
                        folder.path().resolve("maker").toString(),
                        "--owner",
                        "Channel maker",
                        "--plugins",
                        "echo");
        Files.writeString(trust, said.substring(said.indexOf("keys:")));
        Database database = opened(Database.start(folder));
        var ports = new Ports(8080);
        int front = ports.one();
        var provider =
                opened(
                        Simulator.start(
                                new Options()
                                        .port(new Ports(8090).one())
                                        .account(
                                                ACCOUNT_SID,
                                                UUID.randomUUID().toString().replace("-", ""))
                                        .numbers(COMPANY)));
        var grid = new Ports(5701);
        var places = new Ports(8101);
        List<Integer> gridPorts = NAMES.stream().map(_ -> grid.one()).toList();
        var settings =
                new Settings(
                        distribution,
                        URI.create("http://127.0.0.1:" + front),
                        database,
                        trust,
                        gridPorts,
                        secrets);
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            members.add(
                    opened(
                            Member.of(
                                    name,
                                    places.pair(),
                                    gridPorts.get(i),
                                    folder.in(name),
                                    settings)));
        }
        var way = opened(Front.start(front, members.stream().map(Member::url).toList()));
        provider.webhook(settings.front().resolve("/channels/" + SMS + "/webhook#rc=0"));
        return new Parts(folder, database, way, provider, key);
    }

    /// Starts all members side by side, and waits until they serve.
    ///
    /// @param served is told of each
    void startMembers(Consumer<Member> served) throws IOException, InterruptedException {
        List<Callable<Member>> starts = new ArrayList<>();
        for (Member each : members) {
            starts.add(() -> {
                start(each);
                served.accept(each);
                return each;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Member> each : threads.invokeAll(starts)) {
                each.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException told) {
                throw told;
            }
            throw new IllegalStateException(failed);
        }
    }

    /// Starts a member, for the first time or again.
    void start(Member member) throws IOException {
        member.start(ended::add);
    }

    /// What an operator does once, at any member: the account of the SMS provider. Waits until the
    /// front sends to all members, and all know the account.
    void share(Parts parts) throws IOException, InterruptedException {
        Stage.until(
                "the front sends to all members",
                MOST_FOR_SHARING,
                () -> parts.front().ready() == members.size());
        URI front = parts.front().url();
        operator.put(
                front,
                "/admin/v1/accounts/" + SMS,
                """
                {"channel": "sms-twilio",
                 "config": {"accountSid": "%s", "from": "%s", "publicUrl": "%s", "apiBase": "%s"},
                 "secrets": {"authToken": "%s"}}\
                """
                        .formatted(
                                ACCOUNT_SID,
                                COMPANY,
                                front,
                                parts.provider().url(),
                                parts.provider().options().authToken()));
        Stage.until("all members know the account", MOST_FOR_SHARING, this::known);
    }

    private boolean known() throws IOException, InterruptedException {
        for (Member each : members) {
            if (operator.get(each.url(), "/admin/v1/accounts").path("items").isEmpty()) {
                return false;
            }
        }
        return true;
    }

    String company() {
        return COMPANY;
    }

    Operator operator() {
        return operator;
    }

    Launcher launcher() {
        return launcher;
    }

    String token() {
        return secrets.operator();
    }

    List<Member> members() {
        return members;
    }

    /// Any that is not this one.
    Member another(Member member) {
        return members.get((members.indexOf(member) + 1) % members.size());
    }

    /// Members that ended though nobody here asked them to, as it happens.
    BlockingQueue<Member> ended() {
        return ended;
    }

    /// Has something closed with the rest.
    ///
    /// @throws IOException all is being closed: that was closed, too
    <T extends AutoCloseable> T opened(T part) throws IOException {
        synchronized (open) {
            if (!closed) {
                open.push(part);
                return part;
            }
        }
        closeNow(part);
        throw new IOException("The sample is ending.");
    }

    @Override
    public void close() {
        List<AutoCloseable> all;
        synchronized (open) {
            closed = true;
            all = List.copyOf(open);
            open.clear();
        }
        // members need not wait for each other
        var leaving = members.stream().map(each -> Thread.ofVirtual().start(each::close)).toList();
        for (AutoCloseable each : all) {
            if (each instanceof Member) {
                leaving.forEach(Cluster::join);
            }
            closeNow(each);
        }
        operator.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeNow(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception broken) {
            System.err.println("Not closed: " + broken);
        }
    }
}
