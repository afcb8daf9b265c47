package io.tributary.testkit;

import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import io.tributary.spi.Arrival;
import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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

    private final ChannelContract contract;

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

    /// Which abilities the account has; none where it does not open, which a check of its own says.
    Abilities abilities() {
        try (var host = new FakeHost();
                var account = open(host)) {
            return new Abilities(account.account());
        } catch (Exception doesNotOpen) {
            return new Abilities(null);
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

    OutboundMessage message(Instant now, Content content) {
        var id = new InteractionId(new UUID(0x7000L, 2));
        return OutboundMessage.of("0-contract-1", id, conversation(), now, content);
    }

    OutboundMessage text(Instant now) {
        return message(now, Content.text("a word from the contract"));
    }

    /// What the good webhook brings, as it is handed to `translate`.
    List<Arrival> arrivals(FakeHost host, HostedAccount account) throws Exception {
        var webhooks = account.ability(ReceivesWebhooks.class);
        var verdict = account.call(CallKind.VERIFY, () -> webhooks.verify(webhook()));
        if (!(verdict instanceof WebhookVerdict.Accepted accepted)) {
            throw new AssertionError("webhookWithOneMessage() is refused: " + verdict);
        }
        return accepted.delivery().events().stream()
                .map(event -> Arrival.of(event, host.clock().instant()))
                .toList();
    }
}
