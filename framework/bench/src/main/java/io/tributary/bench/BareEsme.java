package io.tributary.bench;

import io.tributary.smpp.simulator.Smsc;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/// A client of an SMSC that binds and submits in a window, with nothing around it: the yardstick.
/// Understands no more of SMPP than that takes.
final class BareEsme implements AutoCloseable {

    private static final int BIND_TRANSCEIVER = 9;
    private static final int SUBMIT_SM = 4;
    private static final int HEADER = 16;
    private static final int VERSION = 0x34;
    private static final int INTERNATIONAL = 1;
    private static final int ISDN = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final DataInputStream in;
    private final int size;
    private final Semaphore window;
    private int sequence;

    private BareEsme(Socket socket, int size) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.size = size;
        this.window = new Semaphore(size);
    }

    /// @param size of the window
    static BareEsme bind(URI smsc, int size) throws IOException {
        var socket = new Socket(smsc.getHost(), smsc.getPort());
        try {
            socket.setTcpNoDelay(true);
            var esme = new BareEsme(socket, size);
            esme.write(BIND_TRANSCEIVER, credentials());
            esme.hear();
            Thread.ofPlatform().daemon().name("bare-esme").start(esme::listen);
            return esme;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private static byte[] credentials() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        text(out, Smsc.SYSTEM_ID);
        text(out, Smsc.PASSWORD);
        text(out, ""); // system_type
        out.write(new byte[] {VERSION, 0, 0});
        text(out, ""); // address_range
        return bytes.toByteArray();
    }

    /// Submits messages with numbers from 0 on, and waits until all are answered.
    ///
    /// @param more whether there is to be one with that number
    void submit(LongPredicate more) throws IOException, InterruptedException {
        for (long number = 0; more.test(number); number++) {
            await(1);
            write(SUBMIT_SM, message(number));
        }
        await(size);
        window.release(size);
    }

    private void await(int places) throws IOException, InterruptedException {
        if (!window.tryAcquire(places, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the SMSC does not answer the bare client");
        }
    }

    /// The same that the channel submits.
    private static byte[] message(long number) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        text(out, ""); // service_type
        address(out, Webhooks.NUMBER);
        address(out, "+1415%07d".formatted(number % Outbox.CONVERSATIONS));
        out.write(new byte[3]); // esm_class, protocol_id, priority_flag
        text(out, ""); // schedule_delivery_time
        text(out, ""); // validity_period
        // it asks for a receipt; replaces nothing, in the default alphabet, no message of the
        // SMSC's
        out.write(new byte[] {1, 0, 0, 0});
        byte[] said = Webhooks.text(number).getBytes(StandardCharsets.US_ASCII);
        out.write(said.length);
        out.write(said);
        return bytes.toByteArray();
    }

    private static void address(DataOutputStream out, String number) throws IOException {
        out.write(new byte[] {INTERNATIONAL, ISDN});
        text(out, number.substring(1));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
    }

    private void write(int command, byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream(HEADER + body.length);
        var out = new DataOutputStream(bytes);
        out.writeInt(HEADER + body.length);
        out.writeInt(command);
        out.writeInt(0);
        out.writeInt(++sequence);
        out.write(body);
        socket.getOutputStream().write(bytes.toByteArray());
    }

    private void listen() {
        try {
            while (true) {
                hear();
                window.release();
            }
        } catch (IOException over) {
            // whoever waits for an answer says so
        }
    }

    /// Waits for an answer, which has to be good. What the SMSC asks is not answered.
    private void hear() throws IOException {
        boolean answered = false;
        while (!answered) {
            int length = in.readInt();
            answered = in.readInt() < 0; // the highest bit tells answers
            int status = in.readInt();
            in.skipNBytes(length - HEADER + 4L);
            if (status != 0) {
                throw new IOException("the SMSC answered 0x%x".formatted(status));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
