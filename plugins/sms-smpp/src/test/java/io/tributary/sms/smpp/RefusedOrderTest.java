package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Signal;
import io.tributary.spi.Connection;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.Slot;
import io.tributary.testkit.FakeHost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is refused comes again, and what came after it may not be stored before it.
class RefusedOrderTest {

    private static final int COUNT = 20;
    private static final int PATIENCE_MILLISECONDS = 20_000;

    /// A store that fails once, when it is told to.
    private static final class OnceFailing implements Slot {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch failing = new CountDownLatch(1);
        private final AtomicInteger stored = new AtomicInteger();

        @Override
        public int number() {
            return 0;
        }

        @Override
        public int of() {
            return 1;
        }

        @Override
        public boolean owns(String key) {
            return true;
        }

        @Override
        public void report(Health health) {}

        @Override
        public void signal(Signal signal) {}

        @Override
        public List<Outcome> deliver(Delivery delivery) throws NotStored, InterruptedException {
            if (asked.getCount() > 0) {
                asked.countDown();
                failing.await();
                throw new NotStored(NotStored.Why.UNAVAILABLE, "the store fails");
            }
            stored.addAndGet(delivery.events().size());
            return List.of();
        }
    }

    @Test
    @DisplayName("when the store fails and is back at once, all that waits behind is refused, too")
    void order() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var host = new FakeHost()) {
            var uri = URI.create("smpp://127.0.0.1:" + server.getLocalPort());
            var account = new SmppAccount(host.context(Sample.settings(uri)));
            var slot = new OnceFailing();
            var connection = account.connect(slot);
            var running = Thread.ofVirtual().start(() -> run(connection));
            try (var socket = server.accept()) {
                socket.setSoTimeout(PATIENCE_MILLISECONDS);
                var in = new PduReader(socket.getInputStream());
                var out = socket.getOutputStream();
                out.write(in.next().response(0, Bytes.wrap(new byte[1])).encode());
                out.write(message(1));
                slot.asked.await();
                for (int number = 2; number <= COUNT; number++) {
                    out.write(message(number));
                }
                out.write(Pdu.request(Pdu.ENQUIRE_LINK, COUNT + 1, Bytes.EMPTY).encode());
                // what was written before it has come, too
                assertThat(in.next().command()).isEqualTo(Pdu.ENQUIRE_LINK | Pdu.RESPONSE);
                slot.failing.countDown();
                for (int number = 1; number <= COUNT; number++) {
                    var answer = in.next();
                    assertThat(answer.sequence()).isEqualTo(number);
                    assertThat(answer.status()).isEqualTo(CommandStatus.QUEUE_FULL);
                }
            }
            assertThat(slot.stored).hasValue(0);
            running.join();
        }
    }

    private static byte[] message(int number) {
        var body = Delivered.text("word " + number).pdu().body();
        return Pdu.request(Pdu.DELIVER_SM, number, body).encode();
    }

    private static void run(Connection connection) {
        try {
            connection.run();
        } catch (Exception ended) {
            // as it does when the SMSC has gone
        }
    }
}
