package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One open account of a channel in plain Java.
public record TestAccount(AccountId id, Object plugged, DirectCalls direct) implements OpenAccount {

    static final ChannelId CHANNEL = ChannelId.of("pager");

    public static TestAccount of(Object plugged) {
        return new TestAccount(AccountId.of("pager-us"), plugged, new DirectCalls());
    }

    public OpenAccounts alone() {
        return new OpenAccounts() {
            @Override
            public Found find(AccountId wanted) {
                if (wanted.value().equals("pager-down")) {
                    return new Found.Down("no settings");
                }
                return wanted.equals(id) ? new Found.Open(TestAccount.this) : new Found.Unknown();
            }

            @Override
            public Collection<OpenAccount> all() {
                return List.of(TestAccount.this);
            }
        };
    }

    @Override
    public ChannelId channel() {
        return CHANNEL;
    }

    @Override
    public Set<ChannelId> speaks() {
        return Set.of(CHANNEL);
    }

    @Override
    public PluginVersion plugin() {
        return new PluginVersion("pager", "1.0.0");
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
        return ability.isInstance(plugged) ? Optional.of(ability.cast(plugged)) : Optional.empty();
    }

    @Override
    public Calls calls() {
        return direct;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Capabilities.NONE;
    }

    @Override
    public Hold hold() {
        return () -> {};
    }

    @Override
    public void touched(ConversationId conversation) {}

    @Override
    public Health health() {
        return Health.up();
    }

    @Override
    public void report(Health health) {}
}
