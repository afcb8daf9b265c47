package io.tributary.testkit;

import io.tributary.model.ConversationId;
import io.tributary.spi.Channel;
import io.tributary.spi.Conversation;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Reconciles;
import io.tributary.spi.Sends;
import io.tributary.spi.WebhookRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// What every channel promises, as tests: extend it in the channel's own tests.
///
/// Which checks run depends on the abilities that the account implements. Each opens the account
/// anew in a [FakeHost] of its own; none calls anything but the loopback.
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

    /// A conversation that the channel could have, on one of its lines.
    protected Conversation conversation() {
        return Conversation.of(
                new ConversationId(new UUID(0x7000L, 1)),
                channel().descriptor().id(),
                FakeHost.ACCOUNT,
                "line",
                "address");
    }

    /// All checks for the abilities that the account has.
    @TestFactory
    @DisplayName("the channel contract")
    final Stream<DynamicNode> contract() {
        return groups().stream().map(ContractGroup::asTests);
    }

    /// All checks, by what they are about.
    final List<ContractGroup> groups() {
        var subject = new ContractSubject(this);
        var groups = new ArrayList<ContractGroup>();
        groups.add(new ContractGroup("describes itself", new DescriptorChecks(subject).all()));
        groups.add(new ContractGroup("opens and closes", new OpenChecks(subject).all()));
        var abilities = subject.abilities();
        if (abilities.have(ReceivesWebhooks.class)) {
            groups.add(new ContractGroup("receives webhooks", new WebhookChecks(subject).all()));
            groups.add(new ContractGroup("translates", new TranslateChecks(subject).all()));
        }
        if (abilities.have(Sends.class)) {
            groups.add(new ContractGroup("sends", new SendChecks(subject).all()));
        }
        if (abilities.have(Reconciles.class)) {
            groups.add(new ContractGroup("reconciles", new ReconcileChecks(subject).all()));
        }
        groups.add(new ContractGroup("offers", new AbilityChecks(subject).all(abilities)));
        return groups;
    }

    /// Checks that belong together.
    record ContractGroup(String name, List<Check> checks) {

        DynamicNode asTests() {
            return DynamicContainer.dynamicContainer(name, checks.stream().map(Check::asTest));
        }
    }
}
