package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// One session, with the other side in the test's hands.
class LinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Link.Heard> arrivals = new CopyOnWriteArrayList<>();
    private FarEnd far;

    @BeforeEach
    void connect() throws Exception {
        far = FarEnd.connect();
    }

    @AfterEach
    void close() throws Exception {
        far.close();
    }

    @Test
    @DisplayName("what is in flight is answered after nothing more may be asked")
    void retired() throws Exception {
        var link = far.link(PATIENCE, arrivals::add);
        Callable<Pdu> asking = () -> link.ask(Pdu.SUBMIT_SM, Bytes.EMPTY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(asking);
            var request = far.next();
            link.retire();
            assertThatThrownBy(asking::call).isInstanceOf(NotWritten.class);

            far.write(request.response(CommandStatus.OK, Bytes.EMPTY));
            assertThat(answer.get().status()).isEqualTo(CommandStatus.OK);
            link.drain();
            assertThat(link.isClosed()).isFalse();
        }
    }

    @Test
    @DisplayName("an SMSC that is too busy to say that it is there shows it by whatever comes")
    void busy() throws Exception {
        var link = far.link(Duration.ofSeconds(1), arrivals::add);
        Thread.ofVirtual().start(() -> link.keepAlive(Duration.ofMillis(50)));

        assertThat(far.next().command()).isEqualTo(Pdu.ENQUIRE_LINK);
        far.write(Pdu.request(Pdu.ALERT_NOTIFICATION, 9, Bytes.EMPTY));
        // the first is never answered, and yet it asks again
        assertThat(far.next().command()).isEqualTo(Pdu.ENQUIRE_LINK);
    }

    @Test
    @DisplayName("an interrupt does not keep back the answer to what was stored")
    void interrupted() throws Exception {
        far.link(PATIENCE, arrivals::add);
        far.write(Pdu.request(Pdu.DELIVER_SM, 7, Bytes.EMPTY));
        await().until(() -> !arrivals.isEmpty());

        Thread.currentThread().interrupt();
        try {
            arrivals.getFirst().answer(CommandStatus.OK);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(far.next().command()).isEqualTo(Pdu.DELIVER_SM | Pdu.RESPONSE);
    }
}
