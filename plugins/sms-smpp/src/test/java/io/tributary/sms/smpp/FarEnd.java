package io.tributary.sms.smpp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/// The SMSC's end of one connection, read and written by hand.
final class FarEnd implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int PATIENCE_MILLISECONDS = 20_000;

    private final Wire wire;
    private final Socket socket;
    private final PduReader reader;

    private FarEnd(Wire wire, Socket socket) throws IOException {
        this.wire = wire;
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        this.reader = new PduReader(socket.getInputStream());
    }

    static FarEnd connect() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var uri = URI.create("smpp://127.0.0.1:" + server.getLocalPort());
            return new FarEnd(Wire.connect(uri, null, CONNECTING), server.accept());
        }
    }

    /// A link at the near end, which listens.
    Link link(Duration patience, Consumer<Link.Heard> arrivals) {
        var link = new Link(wire, patience, arrivals);
        Thread.ofVirtual().start(link::listen);
        return link;
    }

    /// What the near end has written.
    Pdu next() throws IOException {
        return reader.next();
    }

    void write(Pdu pdu) throws IOException {
        socket.getOutputStream().write(pdu.encode());
    }

    @Override
    public void close() throws IOException {
        wire.close();
        socket.close();
    }
}
