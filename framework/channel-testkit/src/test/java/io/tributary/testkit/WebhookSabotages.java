package io.tributary.testkit;

import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import io.tributary.testkit.pager.PagerAccount;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Channels that are wrong in how they receive webhooks.
final class WebhookSabotages {

    private WebhookSabotages() {}

    static List<Sabotage> all() {
        return List.of(
                Sabotage.account("what comes together keeps its order", LastFirst::new),
                Sabotage.account("a genuine message is kept and acknowledged", Chokes::new),
                Sabotage.account("a forged webhook leaves nothing behind", ComparesPrefix::new),
                Sabotage.account("the same webhook again is no second message", NewKeys::new),
                Sabotage.account(
                        "nothing is acknowledged that could not be stored", RemembersItself::new),
                Sabotage.account("hostile bodies neither hang nor break it", ParsesFirst::new),
                Sabotage.account("kept events bear no secret", NotesSecret::new),
                Sabotage.account("what it logs gives nothing away", LogsText::new));
    }

    private static final class LastFirst extends PagerAccount {
        LastFirst(AccountContext context) {
            super(context);
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            return super.verify(request) instanceof WebhookVerdict.Accepted accepted
                    ? WebhookVerdict.accepted(
                            new Delivery(
                                    accepted.delivery().events().reversed(), List.of(), List.of()))
                    : WebhookVerdict.refused("no");
        }
    }

    private static final class Chokes extends PagerAccount {
        Chokes(AccountContext context) {
            super(context);
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            throw new IllegalArgumentException("cannot");
        }
    }

    /// Takes a signature that begins rightly.
    private static final class ComparesPrefix extends PagerAccount {
        ComparesPrefix(AccountContext context) {
            super(context);
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            var signature = request.header("x-signature");
            return signature == null || signature.length() <= 64
                    ? super.verify(request)
                    : super.verify(request.header("x-signature", signature.substring(0, 64)));
        }
    }

    private static final class NewKeys extends PagerAccount {
        private final AtomicInteger count = new AtomicInteger();

        NewKeys(AccountContext context) {
            super(context);
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            var key = Dedupe.key("n" + count.getAndIncrement());
            return super.verify(request) instanceof WebhookVerdict.Refused refused
                    ? refused
                    : WebhookVerdict.accepted(
                            Delivery.of(RawEvent.of("page", request.body(), key)));
        }
    }

    /// Believes that what it has seen is stored.
    private static final class RemembersItself extends PagerAccount {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        RemembersItself(AccountContext context) {
            super(context);
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            return seen.add(request.form().need("id"))
                    ? super.verify(request)
                    : WebhookVerdict.answered(WebhookReply.EMPTY);
        }
    }

    private static final class ParsesFirst extends PagerAccount {
        ParsesFirst(AccountContext context) {
            super(context);
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            if (request.body().at(0) == 0) {
                throw new IllegalStateException("a NUL");
            }
            return super.verify(request);
        }
    }

    private static final class NotesSecret extends PagerAccount {
        NotesSecret(AccountContext context) {
            super(context);
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            return super.verify(request) instanceof WebhookVerdict.Accepted accepted
                    ? WebhookVerdict.accepted(
                            Delivery.of(
                                    accepted.delivery()
                                            .events()
                                            .getFirst()
                                            .note("key", secret(context))))
                    : WebhookVerdict.refused("no");
        }

        private static String secret(AccountContext context) {
            return context.settings().secret("key").reveal();
        }
    }

    private static final class LogsText extends PagerAccount {
        LogsText(AccountContext context) {
            super(context);
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            var inbounds = super.translate(arrival);
            context.log().log(System.Logger.Level.DEBUG, inbounds.getFirst().content().fallback());
            return inbounds;
        }
    }
}
