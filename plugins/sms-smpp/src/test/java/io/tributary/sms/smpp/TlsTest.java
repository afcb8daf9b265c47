package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Content;
import io.tributary.smpp.simulator.Smsc;
import io.tributary.smpp.simulator.Taken;
import io.tributary.spi.Health;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.TestSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The connection may be encrypted.
class TlsTest {

    @TempDir Path folder;

    private Smsc smsc;
    private TlsFront front;
    private FakeHost host;

    @BeforeEach
    void start() throws Exception {
        smsc = Smsc.start(0);
        host = new FakeHost();
    }

    @AfterEach
    void close() throws Exception {
        host.close();
        front.close();
        smsc.close();
    }

    private TestSettings settings() {
        return Sample.settings(smsc.uri()).with("url", "smpps://127.0.0.1:" + front.port());
    }

    @Test
    @DisplayName("both ways over TLS, with the carrier's own authority")
    void encrypted() throws Exception {
        front = TlsFront.start(folder, "ip:127.0.0.1", smsc.uri());
        var settings = settings().with("certificateAuthority", front.certificate());
        try (var account = host.open(new SmppChannel(), settings)) {
            var connection = account.connect().getFirst();
            await().until(connection::up);
            smsc.say(Sample.CUSTOMER, Sample.LINE, "hello");

            assertThat(connection.send(Sample.message(Content.text("hi"))))
                    .isInstanceOf(SendResult.Accepted.class);
            await().until(() -> host.stored().size() == 2);
            assertThat(smsc.taken()).extracting(Taken::text).containsExactly("hi");
        }
    }

    @Test
    @DisplayName("a certificate that nobody vouches for, or of another host, is not spoken to")
    void strangers() throws Exception {
        front = TlsFront.start(folder, "dns:elsewhere.example", smsc.uri());
        refused(settings());
        refused(settings().with("certificateAuthority", front.certificate()));
        assertThat(smsc.mostBound()).isZero();
    }

    private void refused(TestSettings settings) throws Exception {
        int before = host.reported().size();
        try (var account = host.open(new SmppChannel(), settings)) {
            account.connect();
            await().until(() -> host.reported().size() > before);
        }
        var said = host.reported().get(before);
        assertThat(said.state()).isEqualTo(Health.State.DOWN);
        assertThat(said.text()).contains("encrypted");
    }
}
