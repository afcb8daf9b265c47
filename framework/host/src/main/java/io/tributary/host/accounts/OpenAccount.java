package io.tributary.host.accounts;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import java.util.Optional;
import java.util.Set;

/// One account, opened by one plugin version with one version of its settings.
public interface OpenAccount {

    AccountId id();

    ChannelId channel();

    /// Channels that its interactions may bear, its own among them.
    Set<ChannelId> speaks();

    /// Id and version of the plugin, as interactions carry them.
    io.tributary.model.PluginVersion plugin();

    /// Whether identities of this type that the plugin vouches for join customers of other
    /// accounts.
    boolean vouchesFor(String identities);

    /// What the account can do beyond the required: the plugin's object as `ability`, to be called
    /// through [#calls] only.
    <A> Optional<A> ability(Class<A> ability);

    Calls calls();

    /// What the conversation may carry, from a cache where nothing has changed since.
    Capabilities capabilities(Conversation conversation) throws PluginFailure, InterruptedException;

    /// Forgets cached capabilities of the conversation: something happened in it.
    void touched(io.tributary.model.ConversationId conversation);

    /// How often the channel said that capabilities changed in any conversation.
    default long changes() {
        return 0;
    }

    Health health();

    /// Said by the host, such as a provider that refuses the credentials.
    void report(Health health);

    /// Keeps the account open while something of it is under way that is no call: a connection, a
    /// device's socket. Where another one has taken its place, it is closed after the last hold, or
    /// when it was waited for long enough.
    Hold hold();

    /// A reason not to close an account yet.
    interface Hold extends AutoCloseable {

        /// It is none any more. May be called again.
        @Override
        void close();
    }
}
