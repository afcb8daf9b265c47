package io.tributary.sms.smpp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// Speaks TLS and passes on what is said to an SMSC that does not.
final class TlsFront implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final SSLServerSocket server;
    private final URI behind;
    private final String certificate;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private TlsFront(SSLServerSocket server, URI behind, String certificate) {
        this.server = server;
        this.behind = behind;
        this.certificate = certificate;
    }

    /// @param name whom its certificate is for, such as `ip:127.0.0.1`
    static TlsFront start(Path folder, String name, URI behind) throws Exception {
        var store = folder.resolve("keys.p12");
        var pem = folder.resolve("smsc.pem");
        keytool(
                "-genkeypair -alias smsc -keyalg EC -dname CN=smsc -validity 2 -ext san=" + name,
                store);
        keytool("-exportcert -rfc -alias smsc -file " + pem, store);
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var front = new TlsFront(server, behind, Files.readString(pem));
        Thread.ofVirtual().start(front::listen);
        return front;
    }

    private static void keytool(String arguments, Path store) throws Exception {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /// In PEM.
    String certificate() {
        return certificate;
    }

    private void listen() {
        try {
            while (true) {
                var here = server.accept();
                var there = new Socket(behind.getHost(), behind.getPort());
                sockets.add(here);
                sockets.add(there);
                Thread.ofVirtual().start(() -> pass(here, there));
                Thread.ofVirtual().start(() -> pass(there, here));
            }
        } catch (IOException closed) {
            // the test has ended
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // as well
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
