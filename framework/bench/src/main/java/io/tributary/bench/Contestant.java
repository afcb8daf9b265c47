package io.tributary.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/// A server in the run, and webhooks for it.
final class Contestant {

    static final int CONNECTIONS = 64;

    private static final int SENDERS = 10_000;
    private static final int FIRST_GUESS = 10_000;

    private final String name;
    private final Server server;
    private final URI target;
    private final boolean remembers;
    private byte[][] again = new byte[0][];
    private double expected = FIRST_GUESS;

    /// What came of one round.
    ///
    /// @param server seconds of processor time that the server took
    record Round(Load.Result load, double server) {

        double perSecond() {
            return load.perSecond();
        }

        /// Microseconds of the server's processor time for each answer.
        double microsEach() {
            return server * 1e6 / load.answered();
        }

        /// How much of one core the generator took.
        double generator() {
            return load.generator() / load.seconds();
        }
    }

    /// @param remembers who keeps nothing does not mind being asked the same again
    Contestant(String name, Server server, boolean remembers) {
        this.name = name;
        this.server = server;
        this.target = server.url().resolve("/channels/bench/webhook");
        this.remembers = remembers;
    }

    String name() {
        return name;
    }

    Server server() {
        return server;
    }

    URI target() {
        return target;
    }

    Round closed(Duration time) throws IOException {
        Supplier<byte[]> requests = requests(expected * 1.3 * time.toMillis() / 1000);
        Round round =
                round(name, server, () -> new Load(target, CONNECTIONS, requests).closed(time));
        expected = Math.max(FIRST_GUESS, round.perSecond());
        return round;
    }

    Round open(Duration time, double perSecond) throws IOException {
        Supplier<byte[]> requests = requests(perSecond * time.toMillis() / 1000 + 1);
        return round(
                name, server, () -> new Load(target, CONNECTIONS, requests).open(time, perSecond));
    }

    /// Load, and what the server took meanwhile.
    static Round round(String name, Server server, Loading loading) throws IOException {
        double before = server.cpuSeconds();
        Load.Result result = loading.run();
        if (result.answered() == 0) {
            throw new IOException(name + " took none of " + result.refused() + " requests");
        }
        return new Round(result, server.cpuSeconds() - before);
    }

    /// Something that puts load on a server.
    @FunctionalInterface
    interface Loading {
        Load.Result run() throws IOException;
    }

    private Supplier<byte[]> requests(double count) {
        if (remembers) {
            return new Webhooks(target, SENDERS).made((int) count);
        }
        if (again.length == 0) {
            var webhooks = new Webhooks(target, SENDERS);
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
                    HttpRequest.newBuilder(target)
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
