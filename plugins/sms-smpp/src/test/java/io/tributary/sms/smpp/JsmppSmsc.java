package io.tributary.sms.smpp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.jsmpp.examples.SMPPServerSimulator;

/// jSMPP's simulator as a process.
final class JsmppSmsc implements AutoCloseable {

    static final String SYSTEM_ID = "j";
    static final String PASSWORD = "jpwd";

    private final Process process;
    private final int port;

    private JsmppSmsc(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// It listens some time later. Nobody may connect to it only to see whether it does: a
    /// connection that ends at once ends its listening.
    static JsmppSmsc start() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Djsmpp.simulator.port=" + port,
                                "-cp",
                                classes,
                                SMPPServerSimulator.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return new JsmppSmsc(process, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
