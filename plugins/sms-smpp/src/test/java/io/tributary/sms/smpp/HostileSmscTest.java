package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.Health;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.HostedConnection;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is at the other end may be anything.
class HostileSmscTest {

    private ServerSocket server;
    private FakeHost host;
    private HostedAccount account;
    private HostedConnection connection;
    private String answerWithin = "1s";

    /// What it does with somebody who has connected.
    @FunctionalInterface
    private interface Script {
        void play(Socket socket, DataInputStream in) throws IOException;
    }

    @BeforeEach
    void listen() throws Exception {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        host = new FakeHost();
    }

    @AfterEach
    void close() throws Exception {
        if (account != null) {
            account.close();
        }
        host.close();
        server.close();
    }

    private void play(Script script) throws Exception {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            var socket = server.accept();
                            serve(script, socket);
                        }
                    } catch (IOException over) {
                        // the test has ended
                    }
                });
        var uri = URI.create("smpp://127.0.0.1:" + server.getLocalPort());
        var settings = Sample.settings(uri).with("answerWithin", answerWithin);
        account = host.open(new SmppChannel(), settings);
        connection = account.connect().getFirst();
    }

    private static void serve(Script script, Socket socket) throws IOException {
        try (socket) {
            script.play(socket, new DataInputStream(socket.getInputStream()));
        } catch (IOException gone) {
            // whoever is spoken to so goes
        }
    }

    private static byte[] frame(int length, int command, int status, int sequence) {
        return ByteBuffer.allocate(16)
                .putInt(length)
                .putInt(command)
                .putInt(status)
                .putInt(sequence)
                .array();
    }

    /// Lets in whoever asks.
    private static void bind(Socket socket, DataInputStream in) throws IOException {
        var request = new PduReader(in).next();
        var answer = request.response(0, Bytes.wrap(new byte[1]));
        socket.getOutputStream().write(answer.encode());
    }

    private static void answer(Socket socket, Pdu request, int status) throws IOException {
        var answer = request.response(status, Bytes.wrap(new byte[] {'7', 0}));
        socket.getOutputStream().write(answer.encode());
    }

    private SendResult send() {
        return connection.send(Sample.message(Content.text("hello")));
    }

    @ParameterizedTest
    @DisplayName("a length that cannot be is no reason to allocate anything")
    @ValueSource(ints = {0, 3, 8, 15, -1, 70_001, 0x7FFF_FFFF, 0x4854_5450})
    void lengths(int length) throws Exception {
        play((socket, in) -> {
            socket.getOutputStream().write(frame(length, Pdu.ENQUIRE_LINK, 0, 1));
            in.readAllBytes();
        });

        await().until(() -> !host.reported().isEmpty());
        assertThat(host.reported()).noneMatch(said -> said.state() == Health.State.UP);
    }

    @Test
    @DisplayName("what accepts connections and says nothing is not up")
    void silent() throws Exception {
        play((_, in) -> in.readAllBytes());

        await().until(() -> !host.reported().isEmpty());
        assertThat(host.reported()).noneMatch(said -> said.state() == Health.State.UP);
    }

    @Test
    @DisplayName("requests that nobody knows and answers to what was not asked harm nothing")
    void nonsense() throws Exception {
        var nacks = new AtomicInteger();
        play((socket, in) -> {
            bind(socket, in);
            var out = socket.getOutputStream();
            out.write(frame(16, 0x7777, 0, 5));
            out.write(frame(16, 0x80000004, 0, 999_999));
            out.write(frame(16, Pdu.ALERT_NOTIFICATION, 0, 6));
            out.write(frame(16, Pdu.GENERIC_NACK, 3, 0));
            out.write(frame(16, Pdu.DELIVER_SM, 0, 7));
            var reader = new PduReader(in);
            while (true) {
                var pdu = reader.next();
                if (pdu.command() == Pdu.GENERIC_NACK && pdu.sequence() == 5) {
                    nacks.incrementAndGet();
                }
                if (pdu.command() == (Pdu.DELIVER_SM | Pdu.RESPONSE)) {
                    nacks.addAndGet(10 + pdu.status());
                }
            }
        });

        await().until(() -> nacks.get() == 11);
        // kept whole, for repair
        assertThat(host.deadLetters()).hasSize(1);
    }

    @Test
    @DisplayName("an answer of another kind is no success")
    void otherAnswer() throws Exception {
        play((socket, in) -> {
            bind(socket, in);
            var request = new PduReader(in).next();
            var answer = new Pdu(0x80000015, 0, request.sequence(), Bytes.EMPTY);
            socket.getOutputStream().write(answer.encode());
            in.readAllBytes();
        });
        await().until(connection::up);

        assertThat(connection.send(Sample.message(Content.text("hello"))))
                .isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    @DisplayName("a generic nack refuses what it is about")
    void nack() throws Exception {
        play((socket, in) -> {
            bind(socket, in);
            var request = new PduReader(in).next();
            socket.getOutputStream().write(request.refused(0x02).encode());
            in.readAllBytes();
        });
        await().until(connection::up);

        assertThat(connection.send(Sample.message(Content.text("hello"))))
                .isInstanceOf(SendResult.Rejected.class);
    }

    @Test
    @DisplayName("an SMSC that takes leave is answered and bound to anew")
    void unbinds() throws Exception {
        var answered = new AtomicInteger();
        play((socket, in) -> {
            bind(socket, in);
            socket.getOutputStream().write(frame(16, Pdu.UNBIND, 0, 3));
            if (new PduReader(in).next().command() == (Pdu.UNBIND | Pdu.RESPONSE)) {
                answered.incrementAndGet();
            }
        });

        await().until(() -> answered.get() > 1);
    }

    @Test
    @DisplayName("an SMSC that takes leave may still answer what was submitted before")
    void unbindsInFlight() throws Exception {
        var answered = new AtomicInteger();
        answerWithin = "10s";
        play((socket, in) -> {
            bind(socket, in);
            var reader = new PduReader(in);
            var request = reader.next();
            socket.getOutputStream().write(frame(16, Pdu.UNBIND, 0, 3));
            answer(socket, request, CommandStatus.OK);
            if (reader.next().command() == (Pdu.UNBIND | Pdu.RESPONSE)) {
                answered.incrementAndGet();
            }
        });
        await().until(connection::up);

        assertThat(send()).isInstanceOf(SendResult.Accepted.class);
        await().until(() -> answered.get() > 0);
    }

    @Test
    @DisplayName("an SMSC that has lost the bind took nothing of all that is in flight")
    void lostBind() throws Exception {
        var first = new CompletableFuture<SendResult>();
        answerWithin = "10s";
        play((socket, in) -> {
            bind(socket, in);
            var reader = new PduReader(in);
            var one = reader.next();
            var other = reader.next();
            answer(socket, one, CommandStatus.WRONG_BIND_STATUS);
            first.join();
            answer(socket, other, CommandStatus.WRONG_BIND_STATUS);
            in.readAllBytes();
        });
        await().until(connection::up);

        Callable<SendResult> sending =
                () -> {
                    var result = send();
                    first.complete(result);
                    return result;
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(List.of(sending, sending))) {
                assertThat(each.get()).isInstanceOf(SendResult.Retry.class);
            }
        }
        await().until(() -> connection.begun() > 1);
    }
}
