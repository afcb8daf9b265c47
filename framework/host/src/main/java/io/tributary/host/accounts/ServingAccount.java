package io.tributary.host.accounts;

import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Account;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An account that a plugin has opened: the plugin's object, what it was given, and who calls it.
final class ServingAccount implements OpenAccount {

    private static final Logger LOG = LoggerFactory.getLogger(ServingAccount.class);

    /// For how long a replaced account serves on, so that whoever had just found it gets through.
    private static final Duration LINGER = Duration.ofMillis(250);

    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(5);

    private final AccountId id;
    private final Channels.Served served;
    private final Set<ChannelId> speaks;
    private final Account account;
    private final GivenContext context;
    private final AccountCalls calls;
    private final AccountHealth health;
    private final CapabilityCache capabilities;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Long lastMoment;

    private ServingAccount(
            AccountId id,
            Channels.Served served,
            Account account,
            GivenContext context,
            AccountCalls calls,
            AccountHealth health,
            CapabilityCache capabilities) {
        this.id = id;
        this.served = served;
        this.speaks = withItself(served.descriptor());
        this.account = account;
        this.context = context;
        this.calls = calls;
        this.health = health;
        this.capabilities = capabilities;
    }

    /// Lets the plugin open it.
    ///
    /// @throws PluginFailure the plugin did not; everything it was given has been taken back
    static ServingAccount open(Prepared prepared, Surroundings surroundings)
            throws PluginFailure, InterruptedException {
        var id = prepared.id();
        var served = prepared.served();
        var calls = new AccountCalls(served.calls());
        var health = new AccountHealth(id, surroundings.redactor());
        var capabilities = new CapabilityCache();
        var context = new GivenContext(prepared, calls, health, capabilities, surroundings);
        try {
            var account = served.calls().ask(Calls.Kind.OPEN, id, () -> opened(served, context));
            return new ServingAccount(id, served, account, context, calls, health, capabilities);
        } catch (PluginFailure | InterruptedException | RuntimeException failure) {
            context.close();
            throw failure;
        }
    }

    /// An account that can do more than its plugin is entitled to is none: whoever wrote it would
    /// look for the reason elsewhere if only half of it worked.
    private static Account opened(Channels.Served served, GivenContext context) {
        var account = served.channel().open(context);
        var excess = served.entitlements().excess(account);
        if (excess.isPresent()) {
            account.close();
            throw new SecurityException(excess.get());
        }
        return account;
    }

    @Override
    public AccountId id() {
        return id;
    }

    @Override
    public ChannelId channel() {
        return served.descriptor().id();
    }

    @Override
    public Set<ChannelId> speaks() {
        return speaks;
    }

    @Override
    public PluginVersion plugin() {
        return served.plugin();
    }

    @Override
    public boolean vouchesFor(String identities) {
        boolean entitled =
                served.entitlements().identities().contains(identities)
                        || channel().value().equals(identities);
        if (!entitled && told.compareAndSet(false, true)) {
            LOG.warn(
                    "account {}: plugin {} vouches for identities of types that it is not entitled"
                            + " to; they count as claims and join no customers. Add the types to"
                            + " Tributary-Identities of its manifest, and have it signed again",
                    id,
                    served.plugin());
        }
        return entitled;
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
        return ability.isInstance(account) ? Optional.of(ability.cast(account)) : Optional.empty();
    }

    @Override
    public Calls calls() {
        return calls;
    }

    @Override
    public Capabilities capabilities(Conversation conversation)
            throws PluginFailure, InterruptedException {
        return capabilities.of(
                conversation,
                () ->
                        calls.ask(
                                Calls.Kind.CAPABILITIES,
                                id,
                                () -> account.capabilities(conversation)));
    }

    @Override
    public void touched(ConversationId conversation) {
        capabilities.forget(conversation);
    }

    /// Forgets cached capabilities of all conversations.
    void forget() {
        capabilities.forgetAll();
    }

    @Override
    public long changes() {
        return capabilities.changes();
    }

    @Override
    public Health health() {
        return calls.refusal().map(Health::down).orElseGet(health::current);
    }

    @Override
    public void report(Health said) {
        health.report(said);
    }

    /// Whether it lives on this very object, not on another version of the channel.
    @SuppressWarnings("ReferenceEquality") // what the plugin's code says is not asked
    boolean livesOn(Channel channel) {
        return served.channel() == channel;
    }

    @Override
    public Hold hold() {
        return calls.hold();
    }

    /// Waits no longer than `limit` from now where [#close] is waiting for calls.
    void hurry(Duration limit) {
        lastMoment = System.nanoTime() + limit.toNanos();
    }

    /// Closes it after its last call, or after `limit`; what is under way then is given up. Blocks.
    ///
    /// @param replaced another one has taken its place: it serves on for a moment
    void close(Duration limit, boolean replaced) {
        awaitIdle(limit, replaced);
        calls.shut();
        try {
            served.calls().ask(Calls.Kind.CLOSE, id, this::closed);
        } catch (PluginFailure failure) {
            LOG.warn("account {} did not close well: {}", id, failure.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            context.close();
        }
    }

    @Override
    public String toString() {
        return "account " + id + " of " + served.plugin();
    }

    private static Set<ChannelId> withItself(ChannelDescriptor descriptor) {
        var all = new LinkedHashSet<>(descriptor.speaks());
        all.add(descriptor.id());
        return Set.copyOf(all);
    }

    private boolean closed() {
        account.close();
        return true;
    }

    private void awaitIdle(Duration limit, boolean replaced) {
        long began = System.nanoTime();
        long least = replaced ? LINGER.toNanos() : 0;
        long most = Math.max(least, limit.toNanos());
        while (true) {
            long waited = System.nanoTime() - began;
            if (waited >= most || (waited >= least && calls.idle())) {
                return;
            }
            var last = lastMoment;
            if (Thread.currentThread().isInterrupted()
                    || (last != null && System.nanoTime() - last >= 0)) {
                return;
            }
            LockSupport.parkNanos(this, POLL);
        }
    }
}
