package io.tributary.wearables.mqtt;

import io.tributary.model.AccountId;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Eclipse Mosquitto as its own process, and its clients as devices.
final class Mosquitto implements AutoCloseable {

    private static final int GATEWAY_WINDOW = 20;

    private final Path folder;
    private final int port;
    private final List<Process> devices = new ArrayList<>();
    private @Nullable Process broker;

    /// @param careful whether it writes every change down at once
    Mosquitto(Path folder, boolean careful) throws IOException {
        this.folder = folder;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("mosquitto.conf"),
                """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence true
                persistence_location %s/
                autosave_on_changes true
                autosave_interval %d
                max_queued_messages 100000
                max_inflight_messages 500
                user %s
                """
                        .formatted(
                                port,
                                folder,
                                careful ? 1 : 1_000_000,
                                System.getProperty("user.name")));
    }

    /// Whether it is on this machine, clients included.
    static boolean isThere() {
        return program("mosquitto") != null
                && program("mosquitto_pub") != null
                && program("mosquitto_sub") != null;
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

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void start() throws IOException {
        broker = run("mosquitto", "-c", folder.resolve("mosquitto.conf").toString());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::answers);
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /// As the power does.
    void kill() {
        var running = broker;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /// A device writes, at least once.
    void publish(String topic, String payload, String... more) throws Exception {
        var words = new ArrayList<>(List.of("-q", "1", "-t", LoopbackBroker.ROOT + "/" + topic));
        words.addAll(List.of(more));
        words.addAll(List.of("-m", payload));
        var writing = client("mosquitto_pub", words);
        if (!writing.waitFor(20, TimeUnit.SECONDS) || writing.exitValue() != 0) {
            throw new IOException("mosquitto_pub failed");
        }
    }

    /// A device writes each line as a message.
    void publishLines(String topic, List<String> payloads) throws Exception {
        var writing =
                client(
                        "mosquitto_pub",
                        List.of("-q", "1", "-t", LoopbackBroker.ROOT + "/" + topic, "-l"));
        try (var lines = writing.outputWriter()) {
            for (var payload : payloads) {
                lines.write(payload.replace("\n", "") + "\n");
            }
        }
        if (!writing.waitFor(30, TimeUnit.SECONDS) || writing.exitValue() != 0) {
            throw new IOException("mosquitto_pub failed");
        }
    }

    /// A gateway writes for many devices, as fast as it is let.
    void publish(List<Packet.Publish> messages) throws Exception {
        var account = AccountId.of("gateway");
        var settings = Sample.settings(uri());
        var broker = Broker.of(settings);
        try (var wire = Wire.open(broker, Duration.ofSeconds(10))) {
            Greeting.say(wire, BrokerSettings.of(settings, account, 0).look(broker));
            for (int from = 0; from < messages.size(); from += GATEWAY_WINDOW) {
                int to = Math.min(from + GATEWAY_WINDOW, messages.size());
                wire.say(messages.subList(from, to));
                for (int acknowledged = from; acknowledged < to; acknowledged++) {
                    if (!(wire.next(Duration.ofSeconds(20)) instanceof Packet.PubAck)) {
                        throw new IOException("no PUBACK");
                    }
                }
            }
        }
    }

    /// A device that reads, and whose last will is this.
    Process device(String topic, String willTopic, String will) throws IOException {
        return client(
                "mosquitto_sub",
                List.of(
                        "-q",
                        "1",
                        "-t",
                        LoopbackBroker.ROOT + "/" + topic,
                        "-F",
                        "%p",
                        "--will-topic",
                        LoopbackBroker.ROOT + "/" + willTopic,
                        "--will-payload",
                        will,
                        "--will-qos",
                        "1",
                        "--will-retain"));
    }

    private Process client(String name, List<String> words) throws IOException {
        var all =
                new ArrayList<>(
                        List.of("-V", "5", "-h", "127.0.0.1", "-p", Integer.toString(port)));
        all.addAll(words);
        var device = run(name, all.toArray(String[]::new));
        devices.add(device);
        return device;
    }

    private Process run(String name, String... words) throws IOException {
        var command = new ArrayList<>(List.of(String.valueOf(program(name))));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
    }

    @Override
    public void close() {
        devices.forEach(device -> device.destroyForcibly().onExit().join());
        kill();
    }
}
