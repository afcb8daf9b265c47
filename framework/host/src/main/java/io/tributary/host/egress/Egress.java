package io.tributary.host.egress;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The way out of this member. Thread safe.
public final class Egress {

    /// Shorter than what servers keep idle connections for, so that seldom a request goes into one
    /// that is being closed: nobody could say then whether it was taken.
    private static final int KEPT_SECONDS = 15;

    private static final int LONGEST_STATUS_LINE = 4096;
    private static final int MOST_WAITING = 256;

    private final Vertx vertx;
    private final EgressRules rules;
    private final EgressLimits limits;
    private final Destination.Resolver resolver;
    private final @Nullable TrustOptions trust;
    private final EgressTrace trace;
    private final Seen.Witness witness;

    /// A way out under these rules, whose requests nobody is told of.
    ///
    /// @param trust certificates to be believed instead of those that Java believes; null: those
    public Egress(
            Vertx vertx,
            EgressRules rules,
            EgressLimits limits,
            @Nullable TrustOptions trust,
            MeterRegistry meters) {
        this(vertx, rules, limits, trust, meters, _ -> {});
    }

    /// The same.
    ///
    /// @param witness is told of each request that was made for an account
    public Egress(
            Vertx vertx,
            EgressRules rules,
            EgressLimits limits,
            @Nullable TrustOptions trust,
            MeterRegistry meters,
            Seen.Witness witness) {
        this(vertx, rules, limits, trust, meters, witness, InetAddress::getAllByName);
    }

    Egress(
            Vertx vertx,
            EgressRules rules,
            EgressLimits limits,
            @Nullable TrustOptions trust,
            MeterRegistry meters,
            Seen.Witness witness,
            Destination.Resolver resolver) {
        this.vertx = vertx;
        this.rules = rules;
        this.limits = limits;
        this.trust = trust;
        this.trace = new EgressTrace(meters);
        this.witness = witness;
        this.resolver = resolver;
    }

    /// The way out of one account, with connections of its own; to be closed with it.
    ///
    /// @param plugin whose requests go there; null: the host's own for the account
    public AccountHttp open(AccountId account, @Nullable PluginVersion plugin) {
        return new AccountHttp(
                new Course.Who(account, plugin), client(), rules, limits, resolver, trace, witness);
    }

    /// The way of what the host itself posts; to be closed.
    ///
    /// @param whole for all of a request and its answer
    public Posting posting(Duration whole) {
        return new Posting(client(), rules, whole, resolver);
    }

    private HttpClient client() {
        var options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setDecompressionSupported(false)
                        .setVerifyHost(true)
                        .setConnectTimeout((int) limits.connect().toMillis())
                        .setKeepAliveTimeout(KEPT_SECONDS)
                        .setMaxHeaderSize(limits.head())
                        .setMaxInitialLineLength(LONGEST_STATUS_LINE);
        options.setSslHandshakeTimeout(limits.connect().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        var pool =
                new PoolOptions()
                        .setHttp1MaxSize(limits.atOnce())
                        .setMaxWaitQueueSize(MOST_WAITING);
        return vertx.createHttpClient(options, pool);
    }
}
