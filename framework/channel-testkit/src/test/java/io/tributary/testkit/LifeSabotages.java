package io.tributary.testkit;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import io.tributary.testkit.pager.PagerAccount;
import io.tributary.testkit.pager.PagerChannel;
import io.tributary.testkit.pager.PagerContract;
import java.util.List;
import java.util.UUID;

/// Channels that claim what they are not, or are not made to last.
final class LifeSabotages {

    private LifeSabotages() {}

    static List<Sabotage> ofClaims() {
        return List.of(
                Sabotage.account("who cannot send promises nothing", Promises::new),
                Sabotage.account("what capabilities refuse is refused without a call", Sly::new));
    }

    static List<Sabotage> ofLiving() {
        return List.of(
                Sabotage.account("a restart forgets nothing and repeats nothing", NewName::new),
                Sabotage.account("what really came is understood", TextOnly::new),
                new Sabotage("the signature covers the body", new UnsignedBodies()),
                Sabotage.account("what is unknown can be settled", Bare::new),
                Sabotage.account("its health can be asked", Bare::new),
                Sabotage.channel("200 reloads leave nothing behind", StaysForHook::new));
    }

    /// Is called once more when the process ends.
    public static final class StaysForHook extends PagerChannel {
        @Override
        public Account open(AccountContext context) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "hook of " + getClass()));
            return super.open(context);
        }
    }

    /// Sends nothing, and says that it does.
    private record Promises(AccountContext context) implements Account {
        @Override
        public Capabilities capabilities(Conversation conversation) {
            return Capabilities.NONE.with("text", Capabilities.Support.full());
        }
    }

    /// Sends what it says it refuses.
    private static final class Sly extends PagerAccount {
        Sly(AccountContext context) {
            super(context);
        }

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return Capabilities.NONE;
        }
    }

    /// Tells events of this run from those of the run before.
    private static final class NewName extends PagerAccount {
        private final String run = UUID.randomUUID().toString();

        NewName(AccountContext context) {
            super(context);
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            var key = Dedupe.key(run + request.form().first("id"));
            return super.verify(request) instanceof WebhookVerdict.Refused refused
                    ? refused
                    : WebhookVerdict.accepted(
                            Delivery.of(RawEvent.of("page", request.body(), key)));
        }
    }

    /// Knows what is documented, not what comes.
    private static final class TextOnly extends PagerAccount {
        TextOnly(AccountContext context) {
            super(context);
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            var text = super.translate(arrival).getFirst();
            if (!text.content().fallback().matches("[a-z ]*")) {
                throw new IllegalArgumentException("not what is documented");
            }
            return List.of(text);
        }
    }

    private static final class UnsignedBodies extends PagerContract {
        @Override
        protected boolean signsBody() {
            return false;
        }
    }

    /// The least that sends and receives.
    private static final class Bare implements Account, ReceivesWebhooks, Sends {
        private final PagerAccount pager;

        Bare(AccountContext context) {
            this.pager = new PagerAccount(context);
        }

        @Override
        public Capabilities capabilities(Conversation conversation) {
            return pager.capabilities(conversation);
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            return pager.verify(request);
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return pager.translate(arrival);
        }

        @Override
        public SendResult send(OutboundMessage message) throws InterruptedException {
            return pager.send(message);
        }
    }
}
