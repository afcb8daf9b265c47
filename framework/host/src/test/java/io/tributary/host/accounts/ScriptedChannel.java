package io.tributary.host.accounts;

import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import io.tributary.spi.Inbound;
import io.tributary.spi.Problem;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Settings;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A pager service whose code the test writes: what it objects to, how it opens, how it is.
final class ScriptedChannel implements Channel {

    static final ChannelId ID = ChannelId.of("pager");
    static final Json SCHEMA =
            Json.of(
                    """
                    {
                      "type": "object",
                      "properties": {
                        "url": {"type": "string", "format": "uri"},
                        "retries": {"type": "integer", "minimum": 0},
                        "token": {"type": "string", "minLength": 6, "writeOnly": true},
                        "lines": {
                          "type": "array",
                          "items": {
                            "type": "object",
                            "additionalProperties": false,
                            "required": ["number"],
                            "properties": {
                              "number": {"type": "string"},
                              "pin": {"type": "string", "writeOnly": true}
                            }
                          }
                        }
                      },
                      "required": ["url", "token"]
                    }
                    """);

    final List<Opened> opened = new CopyOnWriteArrayList<>();
    volatile Function<Settings, List<Problem>> check = _ -> List.of();
    volatile Runnable opening = () -> {};
    volatile Supplier<Health> health = Health::up;

    /// What the account is in place of the usual one.
    volatile @Nullable Account other;

    @Override
    public ChannelDescriptor descriptor() {
        return new ChannelDescriptor(
                ID, "Pager", "<svg/>", SCHEMA, Set.of(ChannelId.of("beeper")), 16);
    }

    @Override
    public Account open(AccountContext context) {
        opening.run();
        if (other != null) {
            new Opened(context).note();
            return other;
        }
        var account = new Opened(context);
        opened.add(account);
        return account;
    }

    @Override
    public List<Problem> check(Settings settings) {
        return check.apply(settings);
    }

    Opened last() {
        return opened.getLast();
    }

    final class Opened implements Account, ReceivesWebhooks, ChecksHealth {

        final AccountContext context;
        final AtomicBoolean closed = new AtomicBoolean();
        final AtomicInteger asked = new AtomicInteger();

        Opened(AccountContext context) {
            this.context = context;
        }

        private void note() {
            opened.add(this);
        }

        @Override
        public Capabilities capabilities(Conversation conversation) {
            asked.incrementAndGet();
            return Capabilities.NONE.with("text", Capabilities.Support.full());
        }

        @Override
        public WebhookVerdict verify(WebhookRequest request) {
            return context.settings().secret("token").matches(request.header("x-token"))
                    ? WebhookVerdict.accepted(io.tributary.spi.Delivery.NOTHING)
                    : WebhookVerdict.refused("wrong token");
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return List.of();
        }

        @Override
        public Health check() {
            return health.get();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
