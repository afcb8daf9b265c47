package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Reason;
import io.tributary.spi.Health;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("an account that is opened anew")
final class SenderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final ScriptedChannel channel = new ScriptedChannel();
    private final TestAccount.Registry accounts = new TestAccount.Registry();
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Sender sender = new Sender(TestAccount.ID, accounts, mailbox::add);

    /// The channel has been asked how many it takes at once.
    private void opened() throws InterruptedException {
        accounts.open(new TestAccount(channel));
        sender.look(NOW);
        mailbox.take().run();
    }

    @Test
    @DisplayName("has no places beside those that calls of before still take")
    void callsOfBefore() throws InterruptedException {
        channel.atOnce(2);
        opened();
        var one = sender.places().take();
        var other = sender.places().take();
        assertThat(one.call()).isTrue();
        assertThat(other.call()).isTrue();

        opened();
        assertThat(sender.places().hasRoom(false)).isFalse();

        one.called();
        assertThat(sender.places().hasRoom(false)).isTrue();
    }

    @Test
    @DisplayName("takes as many at once as its channel says now")
    void asManyAsNow() throws InterruptedException {
        channel.atOnce(1);
        opened();
        assertThat(sender.places().take().call()).isTrue();
        assertThat(sender.places().hasRoom(false)).isFalse();

        channel.atOnce(3);
        opened();

        assertThat(sender.places().hasRoom(false)).isTrue();
    }

    @Test
    @DisplayName("calls for nobody who was to be called for through it as it was before")
    void late() throws InterruptedException {
        opened();
        var prepared = sender.places().take();

        opened();

        assertThat(prepared.call()).isFalse();
    }

    @Test
    @DisplayName("is not stopped by what its provider said of the settings of before")
    void refusalOfBefore() throws InterruptedException {
        opened();
        var before = sender.account();
        opened();
        var reason = Reason.of("401", "who are you?");

        sender.stop(before, reason, NOW);
        assertThat(sender.maySend()).isTrue();
        assertThat(sender.account().health().state()).isEqualTo(Health.State.UP);

        sender.stop(sender.account(), reason, NOW);
        assertThat(sender.maySend()).isFalse();
        assertThat(sender.account().health().state()).isEqualTo(Health.State.STOPPED);
    }
}
