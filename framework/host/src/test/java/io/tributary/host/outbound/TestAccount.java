package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Account;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One account that is open with one channel behind it.
final class TestAccount implements OpenAccount {

    static final AccountId ID = AccountId.of("pager-main");
    static final ChannelId CHANNEL = ChannelId.of("pager");

    private final Account channel;
    private final Calls calls = new DirectCalls();
    private volatile Health health = Health.up();

    TestAccount(Account channel) {
        this.channel = channel;
    }

    @Override
    public AccountId id() {
        return ID;
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
        return true;
    }

    @Override
    public PluginVersion plugin() {
        return new PluginVersion("pager", "1.0.0");
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
        return ability.isInstance(channel) ? Optional.of(ability.cast(channel)) : Optional.empty();
    }

    @Override
    public Calls calls() {
        return calls;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) throws PluginFailure {
        try {
            return channel.capabilities(conversation);
        } catch (IllegalStateException broken) {
            throw new PluginFailure(
                    PluginFailure.Cause.THROWN, broken.getClass().getName(), "made so by the test");
        }
    }

    @Override
    public Hold hold() {
        return () -> {};
    }

    @Override
    public void touched(ConversationId conversation) {}

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void report(Health now) {
        health = now;
    }

    /// The accounts of the member: this one or none.
    static final class Registry implements OpenAccounts {

        private volatile @Nullable OpenAccount open;

        /// So many looks at all of them fail first.
        final AtomicInteger failing = new AtomicInteger();

        void open(@Nullable OpenAccount account) {
            open = account;
        }

        @Override
        public Found find(AccountId id) {
            var account = open;
            if (!id.equals(ID)) {
                return new Found.Unknown();
            }
            return account == null ? new Found.Down("switched off") : new Found.Open(account);
        }

        @Override
        public Collection<OpenAccount> all() {
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("made so by the test");
            }
            var account = open;
            return account == null ? List.of() : List.of(account);
        }
    }
}
