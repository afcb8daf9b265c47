package io.tributary.smpp.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/// Runs a simulator until it is stopped; prints `ready smpp://127.0.0.1:PORT` when it serves.
public final class Main {

    private static final String USAGE =
            """
            A stand-in for a carrier's SMSC.

              --port PORT        listen there on 127.0.0.1 (default: a free port)
              --system-id NAME   of the account (default: tributary)
              --password WORD    of the account (default: sesame)

            Each line `FROM TO TEXT` that is typed is sent; each message that is taken is printed.
            """;

    private Main() {}

    /// Exit code 64 where the arguments are wrong, 69 where the port is taken.
    public static void main(String[] arguments) throws InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int port = 0;
        var systemId = Smsc.SYSTEM_ID;
        var password = Smsc.PASSWORD;
        for (int i = 0; i < arguments.length; i += 2) {
            var value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--port" -> port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : -1;
                case "--system-id" -> systemId = value;
                case "--password" -> password = value;
                default -> port = -1;
            }
        }
        if (port < 0 || port > 65_535) {
            err.print(USAGE);
            System.exit(64);
        }
        try (var smsc = Smsc.start(port, systemId, password)) {
            smsc.handTo(one -> out.println(one.from() + " -> " + one.to() + ": " + one.text()));
            out.println("ready " + smsc.uri());
            type(smsc, err);
        } catch (IOException taken) {
            err.println("cannot listen: " + taken.getMessage());
            System.exit(69);
        }
    }

    private static void type(Smsc smsc, PrintStream err) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            var words = line.split(" ", 3);
            if (words.length == 3) {
                smsc.say(words[0], words[1], words[2]);
            } else {
                err.println("FROM TO TEXT");
            }
        }
        new CountDownLatch(1).await();
    }
}
