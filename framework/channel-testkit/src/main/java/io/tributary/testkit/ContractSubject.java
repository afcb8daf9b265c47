package io.tributary.testkit;

import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import io.tributary.spi.Arrival;
import io.tributary.spi.Channel;
import io.tributary.spi.Connection;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.Frame;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The channel under test, as the checks see it.
final class ContractSubject {

    /// Something that no channel knows: the framework will have contents that today's plugins do
    /// not.
    static final Content UNKNOWN =
            Content.custom(
                    "contract.unheard",
                    Json.OBJECT,
                    "something that this channel has never heard of");

    static final String WORD = "a word from the contract";

    private final ChannelContract contract;
    private final AtomicInteger messages = new AtomicInteger();

    ContractSubject(ChannelContract contract) {
        this.contract = contract;
    }

    Channel channel() {
        return contract.channel();
    }

    /// Settings of an account whose provider cannot be reached.
    TestSettings settings() {
        return settings(LoopbackProvider.unreachable());
    }

    TestSettings settings(URI provider) {
        return contract.goodSettings(provider);
    }

    WebhookRequest webhook() {
        return contract.webhookWithOneMessage();
    }

    @Nullable WebhookRequest webhook(List<String> texts) {
        return contract.webhookWithMessages(texts);
    }

    List<WebhookRequest> recorded() {
        return contract.recordedWebhooks();
    }

    boolean hasAnswer() {
        return contract.answerWhenTaken() != null;
    }

    /// @throws NullPointerException it has none
    Turn.Answer answerWhenTaken() {
        return Objects.requireNonNull(contract.answerWhenTaken());
    }

    String signatureHeader() {
        return contract.signatureHeader();
    }

    boolean signsBody() {
        return contract.signsBody();
    }

    Conversation conversation() {
        return contract.conversation();
    }

    /// How long the contract waits for what is to happen soon.
    Patience patience() {
        return contract.patience();
    }

    Simulator simulator() throws Exception {
        return contract.simulator();
    }

    boolean connectionsBring() {
        return contract.connectionsBring();
    }

    DeviceHandshake handshake() {
        return contract.deviceHandshake();
    }

    /// The genuine device knocks.
    HostedDevice knock(HostedAccount account) {
        return account.knock(handshake(), contract::deviceAnswers);
    }

    List<DeviceHandshake> forgedHandshakes() {
        return contract.forgedHandshakes();
    }

    List<Frame> says(String text) {
        return contract.deviceSays(text);
    }

    boolean shows(Frame frame, String text) {
        return contract.deviceShows(frame, text);
    }

    /// What was said, in the order of the log. What nobody said is passed over, and what is marked
    /// as a possible duplicate: it may come whenever an acknowledgement was late.
    List<String> said(FakeHost host) {
        return said(
                host.stored().stream()
                        .filter(stored -> !stored.possibleDuplicate())
                        .map(Stored::inbound)
                        .toList());
    }

    /// What was said in these.
    List<String> said(List<Inbound> inbounds) {
        return inbounds.stream()
                .flatMap(inbound -> Stream.ofNullable(contract.said(inbound)))
                .toList();
    }

    /// Whether that is something that was said.
    boolean isSaid(Inbound inbound) {
        return contract.said(inbound) != null;
    }

    /// Which abilities the account has; none where it does not open, which a check of its own says.
    Abilities abilities() {
        try (var host = new FakeHost();
                var account = open(host)) {
            int slots = slots(account);
            return new Abilities(
                    account.account(), connection(host, account, slots), session(account), slots);
        } catch (Exception doesNotOpen) {
            return Abilities.NONE;
        }
    }

    /// One where it does not say, which a check of its own is about.
    private static int slots(HostedAccount account) {
        try {
            return Math.max(1, account.account().slots());
        } catch (RuntimeException doesNotSay) {
            return 1;
        }
    }

    /// Prepared, not run. Where that fails, the account holds connections all the same: the checks
    /// of connections fail then.
    private static @Nullable Connection connection(
            FakeHost host, HostedAccount account, int slots) {
        if (!(account.account() instanceof HoldsConnections holds)) {
            return null;
        }
        var slot = new FakeSlot(host, new FakeInbox(host, account), 0, slots);
        try {
            return account.call(CallKind.CONNECT, () -> holds.connect(slot));
        } catch (Exception | AssertionError doesNotConnect) {
            return null;
        }
    }

    private @Nullable DeviceSession session(HostedAccount account) {
        if (!(account.account() instanceof HostsDevices)) {
            return null;
        }
        try (var device = knock(account)) {
            return device.session();
        } catch (AssertionError notOverridden) {
            return null; // as the checks say
        }
    }

    /// Opens the account; its provider cannot be reached.
    HostedAccount open(FakeHost host) throws Exception {
        return host.open(channel(), settings());
    }

    /// Opens the account with its provider at this address.
    HostedAccount open(FakeHost host, URI provider) throws Exception {
        return host.open(channel(), settings(provider));
    }

    /// A message of its own each time: whoever sends one again keeps it.
    OutboundMessage message(Instant now, Content content) {
        return message(conversation(), now, content);
    }

    OutboundMessage message(Conversation conversation, Instant now, Content content) {
        int number = messages.incrementAndGet();
        var id = new InteractionId(new UUID(0x7000L, 1_000 + number));
        return OutboundMessage.of("0-contract-" + number, id, conversation, now, content);
    }

    OutboundMessage text(Instant now) {
        return message(now, Content.text(WORD));
    }

    /// What every way in brings, as it is handed to `translate`.
    List<Arrival> arrivals(FakeHost host, HostedAccount account) throws Exception {
        return new ContractArrivals(this).all(host, account);
    }
}
