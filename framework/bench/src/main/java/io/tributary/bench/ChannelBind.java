package io.tributary.bench;

import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.smpp.simulator.Smsc;
import io.tributary.sms.smpp.SmppChannel;
import io.tributary.spi.Conversation;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.HostedConnection;
import io.tributary.testkit.TestSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongPredicate;

/// The SMPP channel's bind without a member around it: as many callers as its window holds, each of
/// whom sends one message after the other and keeps nothing.
final class ChannelBind implements AutoCloseable {

    private static final String CHANNEL = "sms-smpp";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeHost host;
    private final HostedAccount account;
    private final HostedConnection connection;
    private final int window;

    private ChannelBind(
            FakeHost host, HostedAccount account, HostedConnection connection, int window) {
        this.host = host;
        this.account = account;
        this.connection = connection;
        this.window = window;
    }

    static ChannelBind open(URI smsc, int window) throws IOException, InterruptedException {
        var host = new FakeHost();
        var settings =
                TestSettings.NONE
                        .with("url", smsc)
                        .with("systemId", Smsc.SYSTEM_ID)
                        .withSecret("password", Smsc.PASSWORD)
                        .with("window", window);
        HostedAccount account = opened(host, settings);
        try {
            var bind = new ChannelBind(host, account, account.connect().getFirst(), window);
            bind.awaitUp();
            return bind;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            account.close();
            host.close();
            throw failure;
        }
    }

    private static HostedAccount opened(FakeHost host, TestSettings settings) throws IOException {
        try {
            return host.open(new SmppChannel(), settings);
        } catch (Exception refused) {
            host.close();
            throw new IOException("the channel does not open", refused);
        }
    }

    private void awaitUp() throws IOException, InterruptedException {
        Waiting.until(PATIENCE, Duration.ofMillis(10), "the SMSC is not bound", connection::up);
    }

    /// Sends messages with numbers from 0 on, and returns when all are answered.
    ///
    /// @param more whether there is to be one with that number
    void submit(LongPredicate more) throws IOException, InterruptedException {
        Callers.call(window, more, this::send);
    }

    private void send(long number) throws IOException {
        SendResult result = connection.send(message(number));
        if (!(result instanceof SendResult.Accepted)) {
            throw new IOException("a message was not taken: " + result);
        }
    }

    private OutboundMessage message(long number) {
        long customer = number % Outbox.CONVERSATIONS;
        var conversation =
                Conversation.of(
                        new ConversationId(new UUID(0x7000, customer)),
                        ChannelId.of(CHANNEL),
                        FakeHost.ACCOUNT,
                        Webhooks.NUMBER,
                        "+1415%07d".formatted(customer));
        return OutboundMessage.of(
                "bench-" + number,
                new InteractionId(new UUID(0x7000, number)),
                conversation,
                host.clock().instant(),
                Content.text(Webhooks.text(number)));
    }

    @Override
    public void close() {
        account.close();
        host.close();
    }
}
