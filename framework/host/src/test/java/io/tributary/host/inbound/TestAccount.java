package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Account;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One open account of a channel in plain Java.
///
/// @param calls the way into it
public record TestAccount(AccountId id, Object plugged, Calls calls) implements OpenAccount {

    static final ChannelId CHANNEL = ChannelId.of("pager");

    public static TestAccount of(Object plugged) {
        return new TestAccount(AccountId.of("pager-us"), plugged, new DirectCalls());
    }

    public OpenAccounts alone() {
        return with();
    }

    /// A member's accounts: this one, others, and one that is down.
    OpenAccounts with(TestAccount... others) {
        List<OpenAccount> all = new ArrayList<>(List.of(others));
        all.addFirst(this);
        return new OpenAccounts() {
            @Override
            public Found find(AccountId wanted) {
                if (wanted.value().equals("pager-down")) {
                    return new Found.Down("no settings");
                }
                return all.stream()
                        .filter(account -> account.id().equals(wanted))
                        .findFirst()
                        .<Found>map(Found.Open::new)
                        .orElse(new Found.Unknown());
            }

            @Override
            public Collection<OpenAccount> all() {
                return all;
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
    public boolean vouchesFor(String identities) {
        return Set.of("pager", "phone", "tributary.known").contains(identities);
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
    public Capabilities capabilities(Conversation conversation) {
        return plugged instanceof Account account
                ? account.capabilities(conversation)
                : Capabilities.NONE;
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
