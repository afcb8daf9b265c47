package io.tributary.testkit;

import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Reconciles;
import io.tributary.spi.Sends;
import io.tributary.spi.WebhookRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What every channel promises, as tests: extend it in the channel's own tests.
///
/// Which checks run depends on the abilities that the account implements. Each opens the account
/// anew in a [FakeHost] of its own; none calls anything but the loopback.
@Execution(ExecutionMode.SAME_THREAD)
public abstract class ChannelContract {

    /// The channel, as the host would make it.
    protected abstract Channel channel();

    /// Settings with which the account works.
    ///
    /// @param provider where the provider is: settings must lead every call there. It is on the
    ///   loopback, and what is there misbehaves
    protected abstract TestSettings goodSettings(URI provider);

    /// A genuine webhook that brings exactly one message, sent to [FakeHost#webhookUrl(String)]. To
    /// be overridden where the account receives webhooks. Each call answers the same.
    protected WebhookRequest webhookWithOneMessage() {
        throw new AssertionError("override webhookWithOneMessage(): the account receives webhooks");
    }

    /// In which header the provider's signature or token is.
    protected String signatureHeader() {
        throw new AssertionError("override signatureHeader(): the account receives webhooks");
    }

    /// Whether the signature covers the body. If not, override this; a body cannot be trusted then.
    protected boolean signsBody() {
        return true;
    }

    /// A genuine webhook in which one customer says all this, in this order. To be overridden where
    /// the provider puts several messages into one webhook.
    ///
    /// @return null: it never does
    protected @Nullable WebhookRequest webhookWithMessages(List<String> texts) {
        return null;
    }

    /// Webhooks that really came, kept by a [Recorder], read by [Fixtures] and signed anew. To be
    /// overridden where the account receives webhooks: without them the channel is not gold.
    protected List<WebhookRequest> recordedWebhooks() {
        return List.of();
    }

    /// What the provider answers when it takes a text. To be overridden where the account sends by
    /// HTTP: from it follows what must not be taken for a success.
    ///
    /// @return null: unknown, and the channel is no better than bronze
    protected Turn.@Nullable Answer answerWhenTaken() {
        return null;
    }

    /// A provider that works, with nothing said yet. To be overridden where the account holds
    /// connections. Each call makes another.
    protected Simulator simulator() throws Exception {
        throw new AssertionError("override simulator(): the account holds connections");
    }

    /// Whether something comes on the account's connections. Override this where they only send, or
    /// do chores such as fetching a new token each hour: they say that they are up all the same,
    /// and nobody says anything through [#simulator()].
    protected boolean connectionsBring() {
        return true;
    }

    /// How a device asks to connect that is to be let in, such as `FakeHost.handshake` makes it. To
    /// be overridden where the account hosts devices. Each call answers the same.
    protected DeviceHandshake deviceHandshake() {
        throw new AssertionError("override deviceHandshake(): the account hosts devices");
    }

    /// How devices ask that must not be let in. To be overridden where the account hosts devices.
    ///
    /// @return empty: whoever comes is let in
    protected List<DeviceHandshake> forgedHandshakes() {
        return List.of();
    }

    /// The frames in which the device of [#deviceHandshake()] says this after its handshake. To be
    /// overridden where the account hosts devices. The same text is the same message: said again,
    /// it bears the same id.
    protected List<Frame> deviceSays(String text) {
        throw new AssertionError("override deviceSays(): the account hosts devices");
    }

    /// What the device of [#deviceHandshake()] says by itself when it hears this frame, such as
    /// that a message has arrived. To be overridden where a session's `send` waits for that.
    protected List<Frame> deviceAnswers(Frame heard) {
        return List.of();
    }

    /// Whether this frame shows a device the text of a message of ours. To be overridden where it
    /// is not found in the frame as it is.
    protected boolean deviceShows(Frame frame, String text) {
        return switch (frame) {
            case Frame.Text said -> said.text().contains(text);
            case Frame.Binary said -> said.bytes().utf8().contains(text);
        };
    }

    /// What a [Simulator] or a device was told to say, as far as it can be seen in what it became.
    /// To be overridden where that is no text (a reading, say), and where connections and devices
    /// bring things that nobody was told to say.
    ///
    /// @return null: nobody said it. So are visits and receipts, unless this is overridden
    protected @Nullable String said(Inbound inbound) {
        return switch (inbound.content()) {
            case Content.Visit _ -> null;
            case Content.Receipt _ -> null;
            default -> inbound.content().fallback();
        };
    }

    /// How long the contract waits for what is to happen soon; guarantee 15 of the SPI, too.
    Patience patience() {
        return new Patience(Duration.ofSeconds(10));
    }

    /// A conversation that the channel could have, on one of its lines.
    protected Conversation conversation() {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                channel().descriptor().id(),
                FakeHost.ACCOUNT,
                "line",
                "address");
    }

    /// All checks for the abilities that the account has. They leave a score card among the
    /// channel's classes, at `META-INF/tributary/score-card.json`: what the jar's users see of
    /// them.
    @TestFactory
    @DisplayName("the channel contract")
    final Stream<DynamicNode> contract() {
        var card = card();
        card.forget();
        var groups = groups();
        var judge = new Judge(groups, id(), card);
        return groups.stream().flatMap(group -> group.asTests(judge));
    }

    private ScoreCardFile card() {
        try {
            return ScoreCardFile.beside(channel().getClass());
        } catch (RuntimeException | Error broken) {
            ScoreCardFile.forgetAll(getClass().getClassLoader());
            throw broken;
        }
    }

    /// All checks, by what they are about.
    final List<ContractGroup> groups() {
        var subject = new ContractSubject(this);
        var abilities = subject.abilities();
        boolean receives = abilities.have(ReceivesWebhooks.class);
        boolean holds = abilities.have(HoldsConnections.class);
        boolean hosts = abilities.have(HostsDevices.class);
        return List.of(
                new ContractGroup("describes itself", new DescriptorChecks(subject).all()),
                new ContractGroup("opens and closes", new OpenChecks(subject).all()),
                new ContractGroup("claims", new ClaimChecks(subject).all(abilities)),
                ContractGroup.of(
                        "receives webhooks",
                        receives,
                        "The account does not implement ReceivesWebhooks.",
                        new WebhookChecks(subject).all()),
                ContractGroup.of(
                        "translates",
                        receives || (holds && connectionsBring()) || hosts,
                        "The account receives nothing.",
                        new TranslateChecks(subject).all()),
                ContractGroup.of(
                        "sends",
                        abilities.have(Sends.class),
                        "The account itself does not implement Sends.",
                        new SendChecks(subject).all()),
                ContractGroup.of(
                        "is answered",
                        abilities.have(Sends.class),
                        "The account itself does not implement Sends.",
                        new AnswerChecks(subject).all()),
                ContractGroup.of(
                        "reconciles",
                        abilities.have(Reconciles.class),
                        "The account does not implement Reconciles.",
                        new ReconcileChecks(subject).all()),
                ContractGroup.of(
                        "holds connections",
                        holds,
                        "The account does not implement HoldsConnections.",
                        new ConnectionChecks(subject).all(abilities)),
                ContractGroup.of(
                        "sends on connections",
                        abilities.connectionHas(Sends.class),
                        "The account has no connections that implement Sends.",
                        new ConnectionSendChecks(subject).all()),
                ContractGroup.of(
                        "hosts devices",
                        hosts,
                        "The account does not implement HostsDevices.",
                        new DeviceChecks(subject).all()),
                ContractGroup.of(
                        "shows devices",
                        hosts,
                        "The account does not implement HostsDevices.",
                        new DeviceShowChecks(subject).all(abilities)),
                new ContractGroup("offers", new AbilityChecks(subject).all(abilities)),
                new ContractGroup("lives", new LifeChecks(subject).all(abilities)),
                new ContractGroup("goes", new ReloadChecks(subject).all()));
    }

    /// What a broken channel says is one of the checks; here it only has no name.
    private String id() {
        try {
            return channel().descriptor().id().value();
        } catch (RuntimeException describesNothing) {
            return "";
        }
    }
}
