package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Target;
import io.tributary.spi.Health;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whether the channel gets on with an SMSC that others wrote: the simulator of jSMPP
/// (https://github.com/opentelecoms-org/jsmpp), whose ids are hexadecimal in answers and decimal in
/// receipts.
class JsmppTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private JsmppSmsc smsc;
    private FakeHost host;
    private HostedAccount account;

    @BeforeEach
    void start() throws Exception {
        smsc = JsmppSmsc.start();
        host = new FakeHost();
    }

    @AfterEach
    void close() {
        if (account != null) {
            account.close();
        }
        host.close();
        smsc.close();
    }

    private TestSettings settings(String password) {
        return Sample.settings(URI.create("smpp://127.0.0.1:" + smsc.port()))
                .with("systemId", JsmppSmsc.SYSTEM_ID)
                .withSecret("password", password)
                .with("idsInAnswers", "hex")
                .with("idsInReceipts", "decimal");
    }

    @Test
    @DisplayName("a text comes, texts go, long ones too, and the receipts are about them")
    void talks() throws Exception {
        account = host.open(new SmppChannel(), settings(JsmppSmsc.PASSWORD));
        var connection = account.connect().getFirst();
        await().atMost(PATIENCE).until(connection::up);
        var text = "It is open until six, and tomorrow from nine. ".repeat(5);
        var result = connection.send(Sample.message(Content.text(text)));

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(result.sent()).hasSize(2);
        // and it says something to whoever binds
        await().atMost(PATIENCE).until(() -> host.stored().size() == 3);
        assertThat(host.stored())
                .extracting(each -> each.inbound().content())
                .containsExactlyInAnyOrder(
                        Content.text("Hello World"),
                        new Receipt(Receipt.Status.DELIVERED, null),
                        new Receipt(Receipt.Status.DELIVERED, null));
        assertThat(host.stored().stream().map(each -> each.inbound().target()).toList())
                .containsAll(
                        result.sent().stream()
                                .map(each -> Target.external(each.externalId()))
                                .toList());
    }

    @Test
    @DisplayName("a wrong password stops the account")
    void refused() throws Exception {
        account = host.open(new SmppChannel(), settings("wrong"));
        account.connect();

        await().atMost(PATIENCE)
                .until(() ->
                        host.reported().stream()
                                .anyMatch(each -> each.state() == Health.State.STOPPED));
        assertThat(host.reported()).noneMatch(each -> each.state() == Health.State.UP);
    }
}
