package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// A server in the run, or several that do one work together, and webhooks for them.
final class Contestant {

    /// To each server.
    static final int CONNECTIONS = 64;

    private static final int SENDERS = 10_000;
    private static final int FIRST_GUESS = 10_000;

    /// Requests to each server after which most of its code is compiled.
    private static final long WARM = 40_000;

    private final String name;
    private final List<URI> doors;
    private final URI signed;
    private final DoubleSupplier servers;
    private final DoubleSupplier database;
    private final boolean remembers;
    private byte[][] again = new byte[0][];
    private double expected = FIRST_GUESS;
    private long answered;

    /// What came of one round.
    ///
    /// @param server seconds of processor time that the server took
    /// @param database seconds that a database server beside it took
    record Round(Load.Result load, double server, double database) {

        double perSecond() {
            return load.perSecond();
        }

        /// Microseconds of the server's processor time for each answer.
        double microsEach() {
            return server * 1e6 / load.answered();
        }

        /// Answers for each second of processor time, of the server and of its database.
        double perProcessorSecond() {
            return load.answered() / (server + database);
        }

        /// The same without the database.
        double perServerSecond() {
            return load.answered() / server;
        }

        /// How much of one core the generator took.
        double generator() {
            return load.generator() / load.seconds();
        }
    }

    /// What the generator itself took.
    static String generator(List<Round> rounds) {
        return String.format(
                Locale.ROOT,
                "generator %.2f of a core",
                Spread.of(rounds, Round::generator).median());
    }

    /// @param remembers who keeps nothing does not mind being asked the same again
    Contestant(String name, Server server, boolean remembers) {
        this.name = name;
        this.signed = server.url().resolve("/channels/bench/webhook");
        this.doors = List.of(signed);
        this.servers = server::cpuSeconds;
        this.database = () -> 0;
        this.remembers = remembers;
    }

    /// Members of one log.
    ///
    /// @param members how many of them are asked; the time of all of them counts
    Contestant(String name, Fleet fleet, int members) {
        this.name = name;
        this.signed = Fleet.SIGNED;
        this.doors = fleet.doors().subList(0, members);
        this.servers = fleet::cpuSeconds;
        this.database = fleet::databaseCpuSeconds;
        this.remembers = true;
    }

    String name() {
        return name;
    }

    /// Whether each server has answered enough to be as fast as it becomes.
    boolean warm() {
        return answered >= WARM * doors.size();
    }

    /// Webhooks that are taken here.
    Webhooks webhooks() {
        return new Webhooks(signed, SENDERS);
    }

    /// So much load. Every server has as many connections as one alone has, since it is them that
    /// fill its commits.
    Load load(Supplier<byte[]> requests, Load.Watcher watcher) {
        return new Load(doors, CONNECTIONS * doors.size(), requests, watcher);
    }

    Round closed(Duration time) throws IOException {
        Supplier<byte[]> requests = requests(expected * 1.3 * time.toMillis() / 1000);
        Round round = round(() -> load(requests, Load.Watcher.NOBODY).closed(time));
        expected = Math.max(FIRST_GUESS, round.perSecond());
        answered += round.load().answered();
        return round;
    }

    Round open(Duration time, double perSecond) throws IOException {
        Supplier<byte[]> requests = requests(perSecond * time.toMillis() / 1000 + 1);
        return round(() -> load(requests, Load.Watcher.NOBODY).open(time, perSecond));
    }

    /// Load, and what the servers took meanwhile.
    Round round(Loading loading) throws IOException {
        return round(name, servers, database, loading);
    }

    /// The same of one server, whatever it is asked.
    static Round round(String name, Server server, Loading loading) throws IOException {
        return round(name, server::cpuSeconds, () -> 0, loading);
    }

    private static Round round(
            String name, DoubleSupplier servers, DoubleSupplier database, Loading loading)
            throws IOException {
        double before = servers.getAsDouble();
        double beside = database.getAsDouble();
        Load.Result result = loading.run();
        if (result.answered() == 0) {
            throw new IOException(name + " took none of " + result.refused() + " requests");
        }
        return new Round(result, servers.getAsDouble() - before, database.getAsDouble() - beside);
    }

    /// Something that puts load on a server.
    @FunctionalInterface
    interface Loading {
        Load.Result run() throws IOException;
    }

    private Supplier<byte[]> requests(double count) {
        if (remembers) {
            return webhooks().made((int) count);
        }
        if (again.length == 0) {
            Webhooks webhooks = webhooks();
            again = new byte[20_000][];
            for (int i = 0; i < again.length; i++) {
                again[i] = webhooks.get();
            }
        }
        int[] next = {0};
        return () -> again[next[0]++ % again.length];
    }

    /// Whoever is compared has to refuse what was signed by somebody else.
    void mustRefuseForgeries() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(doors.getFirst())
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                            .POST(BodyPublishers.ofString("MessageSid=SM1&From=%2B1&Body=forged"))
                            .build();
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 401) {
                throw new IOException(name + " answered " + status + " to a forged signature");
            }
        }
    }
}
