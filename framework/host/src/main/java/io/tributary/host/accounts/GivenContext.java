package io.tributary.host.accounts;

import io.tributary.host.artifacts.Entitlement;
import io.tributary.host.artifacts.Entitlements;
import io.tributary.host.calls.Calls;
import io.tributary.host.secrets.Redactor;
import io.tributary.model.AccountId;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.MediaStore;
import io.tributary.spi.Metrics;
import io.tributary.spi.Settings;
import io.tributary.spi.State;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// All that one opened account may touch. Every object that it hands out asks the same lease, so
/// that nothing of it works after the account was closed, whoever kept it.
final class GivenContext implements AccountContext, AutoCloseable {

    private final Lease lease;
    private final AccountId account;
    private final Entitlements entitlements;
    private final PublicUrls urls;
    private final AccountHealth health;
    private final CapabilityCache capabilities;
    private final Settings settings;
    private final AccountState state;
    private final Outside.Way way;
    private final Http http;
    private final LeasedMedia media;
    private final LeasedMetrics metrics;
    private final PluginLog log;
    private final AccountExecutor executor;
    private final InstantSource clock;
    private final Redactor.Registration redaction;

    GivenContext(
            Prepared prepared,
            Calls calls,
            AccountHealth health,
            CapabilityCache capabilities,
            Surroundings surroundings) {
        var served = prepared.served();
        var plugin = served.plugin();
        this.account = prepared.id();
        this.entitlements = served.entitlements();
        this.lease = new Lease(account);
        this.redaction = surroundings.redactor().hold(prepared.values().values());
        this.urls = surroundings.urls();
        this.health = health;
        this.capabilities = capabilities;
        this.settings = prepared.settings(lease);
        this.state = new AccountState(account, surroundings.journal(), calls, lease);
        this.way = surroundings.outside().open(account, plugin);
        this.http =
                call -> {
                    lease.check();
                    return way.send(call);
                };
        this.media = new LeasedMedia(surroundings.media().of(account), lease);
        this.metrics =
                new LeasedMetrics(
                        surroundings.figures().of(plugin, served.descriptor().id(), account),
                        lease);
        this.log = new PluginLog(plugin.id(), account, surroundings.redactor(), lease);
        this.executor =
                new AccountExecutor(
                        plugin, account, served.channel().getClass().getClassLoader(), log, lease);
        this.clock =
                () -> {
                    lease.check();
                    return surroundings.clock().instant();
                };
    }

    @Override
    public AccountId account() {
        return account;
    }

    @Override
    public Settings settings() {
        lease.check();
        return settings;
    }

    @Override
    public State state() {
        lease.check();
        return state;
    }

    @Override
    public Http http() {
        lease.check();
        entitlements.need(Entitlement.HTTP);
        return http;
    }

    @Override
    public Executor executor() {
        lease.check();
        return executor;
    }

    @Override
    public InstantSource clock() {
        lease.check();
        return clock;
    }

    @Override
    public System.Logger log() {
        lease.check();
        return log;
    }

    @Override
    public Metrics metrics() {
        lease.check();
        return metrics;
    }

    @Override
    public MediaStore media() {
        lease.check();
        return media;
    }

    @Override
    public URI url(Door door, String path) {
        lease.check();
        return urls.of(account, door, path);
    }

    @Override
    public void changed() {
        lease.check();
        capabilities.changed();
    }

    @Override
    public void report(Health said) {
        lease.check();
        health.report(said);
    }

    /// Takes everything back: threads are interrupted, requests cut, streams closed.
    @Override
    public void close() {
        lease.end();
        executor.close();
        way.close();
        media.close();
        redaction.close();
    }
}
