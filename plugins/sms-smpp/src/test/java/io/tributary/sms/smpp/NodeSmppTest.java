package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Target;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.HostedConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whether the channel gets on with an SMSC that others wrote, npm's `smpp`
/// (https://github.com/farhadi/node-smpp).
///
/// The system property `tributary.peers` names the folder in whose `node_modules` it is. Without it
/// the test is skipped; a folder that lacks it is a mistake.
class NodeSmppTest {

    private NodeSmsc smsc;
    private FakeHost host;
    private HostedAccount account;
    private HostedConnection connection;

    @BeforeEach
    void start() throws Exception {
        var folder = System.getProperty("tributary.peers", "");
        Assumptions.assumeFalse(folder.isEmpty(), "-Dtributary.peers names no folder with smpp");
        Assertions.assertTrue(
                Files.isDirectory(Path.of(folder, "node_modules", "smpp")),
                "smpp is not in the folder that -Dtributary.peers names: " + folder);
        smsc = NodeSmsc.start(Path.of(folder));
        host = new FakeHost();
        var uri = URI.create("smpp://127.0.0.1:" + smsc.port());
        account = host.open(new SmppChannel(), Sample.settings(uri));
        connection = account.connect().getFirst();
        await().until(connection::up);
    }

    @AfterEach
    void close() {
        if (smsc != null) {
            account.close();
            host.close();
            smsc.close();
        }
    }

    private List<Target> stored() {
        return host.stored().stream()
                .map(each -> each.inbound().target())
                .filter(Objects::nonNull)
                .map(Target.class::cast)
                .toList();
    }

    @Test
    @DisplayName("texts come in both alphabets, and each is answered")
    void hears() {
        await().until(() -> host.stored().size() == 2);
        assertThat(host.stored())
                .extracting(each -> each.inbound().content())
                .containsExactly(Content.text("hello @ €"), Content.text("Привет"));
        await().until(() -> smsc.said().size() == 2);
        // the id of such an answer is empty
        assertThat(smsc.said()).containsOnly("answered 0 ");
    }

    @Test
    @DisplayName(
            "texts go in both alphabets, long ones in several, and early receipts are about them")
    void says() {
        await().until(() -> host.stored().size() == 2);
        var long1 = "0123456789".repeat(20) + "€";
        for (var text : List.of("Grüße @ €", "Привет 👋", long1)) {
            var result = connection.send(Sample.message(Content.text(text)));
            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            var ids = result.sent().stream().map(each -> Target.external(each.externalId()));
            var targets = ids.toList();
            await().until(() -> stored().containsAll(targets));
        }
        assertThat(smsc.said())
                .contains(
                        "taken 0 15551230000 Grüße @ €",
                        "taken 8 15551230000 Привет 👋",
                        "taken 0 15551230000 " + long1.substring(0, 153),
                        "taken 0 15551230000 " + long1.substring(153));
        assertThat(host.stored().getLast().inbound().content())
                .isEqualTo(new Receipt(Receipt.Status.DELIVERED, null));
    }
}
