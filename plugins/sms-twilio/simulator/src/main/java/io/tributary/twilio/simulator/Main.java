package io.tributary.twilio.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Runs a simulator until it is stopped; prints `ready http://127.0.0.1:PORT` when it serves.
public final class Main {

    private static final String USAGE =
            """
            A stand-in for Twilio, with a phone in the browser.

              --port PORT          listen there on 127.0.0.1 (default: a free port)
              --webhook URL        where messages from customers go
              --account-sid SID    the account (default: AC0…01)
              --auth-token TOKEN   its auth token (default: the environment's TWILIO_AUTH_TOKEN,
                                   else simulated-auth-token)
              --number NUMBER      a number of the account, may be repeated (default: +15005550006)
            """;

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
            run(options(arguments, System.getenv("TWILIO_AUTH_TOKEN")), out);
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
    private static void run(Options options, PrintStream out)
            throws IOException, InterruptedException {
        try (var simulator = Simulator.start(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
            out.println("ready " + simulator.url());
            new CountDownLatch(1).await();
        }
    }

    static Options options(String[] arguments, @Nullable String token) {
        var options = new Options();
        var sid = options.accountSid();
        var secret = token == null || token.isEmpty() ? options.authToken() : token;
        var numbers = new ArrayList<String>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            var value = arguments[i + 1];
            switch (arguments[i]) {
                case "--port" -> options = options.port(Integer.parseInt(value));
                case "--webhook" -> options = options.webhook(URI.create(value));
                case "--account-sid" -> sid = value;
                case "--auth-token" -> secret = value;
                case "--number" -> numbers.add(value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        options = options.account(sid, secret);
        return numbers.isEmpty() ? options : options.numbers(numbers.toArray(String[]::new));
    }
}
