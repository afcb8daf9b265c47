package io.tributary.telegram.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/// Runs a simulator until it is stopped; prints `ready http://127.0.0.1:PORT` when it serves.
public final class Main {

    private static final String USAGE =
            """
            A stand-in for Telegram's Bot API.

              --port PORT     listen there on 127.0.0.1 (default: a free port)
              --token TOKEN   of the bot (default: 1000000001:simulated-bot-token)

            GET /simulator/say?chat=7&text=hello says something as customer 7; GET /simulator/chat?chat=7 shows the chat.
            """;

    private Main() {}

    /// Exit code 64 where the arguments are wrong, 69 where the port is taken.
    public static void main(String[] arguments) throws InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int port = 0;
        var token = "1000000001:simulated-bot-token";
        for (int i = 0; i < arguments.length; i += 2) {
            var value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--port" -> port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : -1;
                case "--token" -> token = value;
                default -> port = -1;
            }
        }
        if (port < 0 || !token.matches("[0-9]{1,18}:[A-Za-z0-9_-]+")) {
            err.print(USAGE);
            System.exit(64);
        }
        serve(port, token, out, err);
    }

    @SuppressWarnings("try") // the simulator runs until the process is told to end
    private static void serve(int port, String token, PrintStream out, PrintStream err)
            throws InterruptedException {
        try (var simulator = TelegramSimulator.start(port, token)) {
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
            out.println("ready " + simulator.uri());
            new CountDownLatch(1).await();
        } catch (IOException taken) {
            err.println("cannot listen: " + taken.getMessage());
            System.exit(69);
        }
    }
}
