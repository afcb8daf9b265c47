package io.tributary.voice.twilio.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/// Runs a simulator until it is stopped; prints `ready http://127.0.0.1:PORT` when it serves.
public final class Main {

    private static final String USAGE =
            """
            A stand-in for Twilio's calls. POST From=…&To=… to /ring, and somebody calls.

              --port PORT          listen there on 127.0.0.1 (default: a free port)
              --webhook URL        what is asked when somebody calls
              --account-sid SID    the account (default: AC0…01)
              --auth-token TOKEN   its auth token (default: simulated-auth-token)
            """;

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "--port", "0",
                    "--webhook", "",
                    "--account-sid", "AC" + "0".repeat(31) + "1",
                    "--auth-token", "simulated-auth-token");

    private Main() {}

    /// Exit code 64 where the arguments are wrong, 69 where the port is taken.
    public static void main(String[] arguments) throws InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        if (List.of(arguments).contains("--help")) {
            out.print(USAGE);
            return;
        }
        try {
            run(options(arguments), out);
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            err.print(USAGE);
            System.exit(64);
        } catch (IOException taken) {
            err.println("cannot listen: " + taken.getMessage());
            System.exit(69);
        }
    }

    @SuppressWarnings("try") // the simulator runs until the process is told to end
    private static void run(Map<String, String> options, PrintStream out)
            throws IOException, InterruptedException {
        var webhook = options.getOrDefault("--webhook", "");
        var account =
                new VoiceSimulator.Account(
                        options.getOrDefault("--account-sid", ""),
                        options.getOrDefault("--auth-token", ""),
                        webhook.isEmpty() ? null : URI.create(webhook));
        int port = Integer.parseInt(options.getOrDefault("--port", "0"));
        try (var simulator = VoiceSimulator.start(account, port)) {
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
            out.println("ready " + simulator.url());
            new CountDownLatch(1).await();
        }
    }

    static Map<String, String> options(String[] arguments) {
        var options = new TreeMap<>(DEFAULTS);
        for (int i = 0; i < arguments.length; i += 2) {
            if (!DEFAULTS.containsKey(arguments[i])) {
                throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
