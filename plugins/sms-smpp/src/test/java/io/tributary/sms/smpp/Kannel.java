package io.tributary.sms.smpp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.smpp.simulator.Smsc;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Kannel (https://www.kannel.org) as an ESME: its bearerbox, which is bound to an SMSC, and its
/// smsbox, by which an application of ours sends and is told; each a process of its own.
final class Kannel implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int EVERY_REPORT = 31;

    private final Path folder;
    private final int sending;
    private final HttpServer application;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Process> boxes = new ArrayList<>();

    private Kannel(Path folder, int sending, HttpServer application) {
        this.folder = folder;
        this.sending = sending;
        this.application = application;
    }

    /// Whether both are on this machine.
    static boolean isThere() {
        return program("bearerbox") != null && program("smsbox") != null;
    }

    private static @Nullable String program(String name) {
        var path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(each -> Path.of(each, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /// Runs, and is bound.
    ///
    /// @param folder of its own
    /// @param more lines of what it is told of the SMSC
    static Kannel start(Path folder, Smsc smsc, String... more) throws IOException {
        int admin = freePort();
        int boxes = freePort();
        int sending = freePort();
        var application =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var kannel = new Kannel(folder, sending, application);
        application.createContext("/", kannel::hear);
        application.start();
        Files.writeString(
                folder.resolve("kannel.conf"),
                settings(smsc, kannel.home(), admin, boxes, sending, String.join("\n", more)));
        try {
            kannel.run("bearerbox", boxes);
            Awaitility.await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
            kannel.run("smsbox", sending);
            return kannel;
        } catch (RuntimeException | IOException failure) {
            kannel.close();
            throw failure;
        }
    }

    /// Groups are divided by empty lines, so none may be inside of one.
    private static String settings(
            Smsc smsc, URI application, int admin, int boxes, int sending, String more) {
        return """
        group = core
        admin-port = %d
        admin-interface = 127.0.0.1
        admin-password = sesame
        smsbox-port = %d
        smsbox-interface = 127.0.0.1
        dlr-storage = internal
        log-level = 1

        group = smsc
        smsc = smpp
        smsc-id = simulator
        host = 127.0.0.1
        port = %d
        transceiver-mode = true
        smsc-username = %s
        smsc-password = %s
        system-type = ""
        reconnect-delay = 1
        enquire-link-interval = 5
        %s

        group = smsbox
        bearerbox-host = 127.0.0.1
        sendsms-port = %d
        sendsms-interface = 127.0.0.1
        mo-recode = true
        log-level = 1

        group = sendsms-user
        username = ours
        password = sesame
        max-messages = 10
        concatenation = true

        group = sms-service
        keyword = default
        catch-all = true
        get-url = "%s/said?from=%%p&to=%%P&text=%%b"
        max-messages = 0
        omit-empty = true
        """
                .formatted(
                        admin,
                        boxes,
                        smsc.uri().getPort(),
                        Smsc.SYSTEM_ID,
                        Smsc.PASSWORD,
                        more.isEmpty() ? "# as usual" : more,
                        sending,
                        application);
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /// @param port where it listens once it works
    private void run(String box, int port) throws IOException {
        var process =
                new ProcessBuilder(
                                String.valueOf(program(box)),
                                folder.resolve("kannel.conf").toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(box + ".log").toFile())
                        .start();
        boxes.add(process);
        Awaitility.await(box).atMost(PATIENCE).until(() -> answers(port));
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private URI home() {
        return URI.create("http://127.0.0.1:" + application.getAddress().getPort());
    }

    private void hear(HttpExchange asked) throws IOException {
        var uri = asked.getRequestURI();
        told.add(
                uri.getPath().substring(1)
                        + " "
                        + URLDecoder.decode(uri.getRawQuery(), StandardCharsets.UTF_8));
        asked.sendResponseHeaders(200, -1);
        asked.close();
    }

    /// What the application was told: `said from=…&to=…&text=…` and `report KEY type=…`.
    List<String> told() {
        return List.copyOf(told);
    }

    /// Has it send a text, and report all that becomes of it.
    ///
    /// @param key by which the reports name it
    /// @param coding 0: the default alphabet; 2: UTF-16
    void send(String key, String from, String to, int coding, String text)
            throws IOException, InterruptedException {
        var report = home() + "/report?" + key + "+type=%d";
        var query =
                "username=ours&password=sesame&charset=UTF-8&coding=%d&dlr-mask=%d&from=%s&to=%s&text=%s&dlr-url=%s"
                        .formatted(
                                coding,
                                EVERY_REPORT,
                                encoded(from),
                                encoded(to),
                                encoded(text),
                                encoded(report));
        var uri = URI.create("http://127.0.0.1:" + sending + "/cgi-bin/sendsms?" + query);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 202) {
                throw new IOException(answer.statusCode() + ": " + answer.body());
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        boxes.forEach(each -> each.destroyForcibly().onExit().join());
        application.stop(0);
    }
}
