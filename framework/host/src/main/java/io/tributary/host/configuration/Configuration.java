package io.tributary.host.configuration;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one member is told, complete and within bounds. Its keys are documented in
/// `docs/configuration.md`.
///
/// @param cluster null: the member is alone
public record Configuration(
        Http http,
        Path data,
        Plugins plugins,
        Log log,
        Media media,
        Devices devices,
        Customers customers,
        Egress egress,
        Secrets secrets,
        Outbound outbound,
        Stream stream,
        Traces traces,
        @Nullable Cluster cluster,
        Map<String, Path> sites,
        Map<AccountId, Account> accounts,
        List<Setting> settings) {

    /// The same on these ports.
    public Configuration on(int port, int pagesPort) {
        return new Configuration(
                http.on(port, pagesPort),
                data,
                plugins,
                log,
                media,
                devices,
                customers,
                egress,
                secrets,
                outbound,
                stream,
                traces,
                cluster,
                sites,
                accounts,
                settings);
    }

    /// Where the server listens and how it is reached.
    ///
    /// @param pagesPort null: the port after `port`
    /// @param adminPort null: administration is served on `port`
    /// @param publicUrl null: made of host and port
    /// @param pagesUrl null: made of host and pages' port
    /// @param trustedProxies addresses or CIDR ranges
    /// @param bodyLimit of webhooks, in bytes
    public record Http(
            String host,
            int port,
            @Nullable Integer pagesPort,
            @Nullable Integer adminPort,
            @Nullable URI publicUrl,
            @Nullable URI pagesUrl,
            Set<String> corsOrigins,
            List<String> trustedProxies,
            long bodyLimit,
            boolean openMetrics) {

        Http on(int port, int pagesPort) {
            return new Http(
                    host,
                    port,
                    pagesPort,
                    adminPort,
                    publicUrl,
                    pagesUrl,
                    corsOrigins,
                    trustedProxies,
                    bodyLimit,
                    openMetrics);
        }
    }

    /// Which plugins are loaded.
    ///
    /// @param folder null: the distribution's
    /// @param trust the trust list; null: nobody is trusted but who made the distribution
    /// @param watch how long the version before stands by
    /// @param canaries accounts that have a new version first, if there are such
    public record Plugins(
            @Nullable Path folder,
            @Nullable Path trust,
            boolean allowUnsigned,
            Duration watch,
            List<AccountId> canaries) {}

    /// Where the log is kept and how long it keeps things, and what the member logs of itself.
    ///
    /// @param database null: a file in the data folder
    /// @param retention null: interactions are kept for ever
    public record Log(
            @Nullable Database database,
            @Nullable Duration retention,
            Duration dedupeRetention,
            Format format,
            String level) {}

    /// A PostgreSQL database that keeps the log.
    ///
    /// @param url as the JDBC driver takes it
    /// @param password null: none is asked for
    public record Database(String url, String user, @Nullable SecretSource password) {}

    /// How the member's own log lines look.
    public enum Format {
        TEXT,
        JSON
    }

    /// Limits in bytes.
    ///
    /// @param s3 null: media are where the log is
    public record Media(
            long uploadLimit, long fetchLimit, Duration linkLifetime, @Nullable S3 s3) {}

    /// A bucket.
    ///
    /// @param hostStyle the bucket is named before the endpoint's host; else in the path
    /// @param prefix of keys
    public record S3(
            URI endpoint,
            String region,
            String bucket,
            boolean hostStyle,
            String prefix,
            SecretSource accessKey,
            SecretSource secretKey) {}

    /// What devices may ask of the member.
    ///
    /// @param sockets of one account
    /// @param socketsPerAddress of one account from one address
    /// @param frameLimit bytes of one message
    /// @param framesPerSecond of one socket in the long run
    /// @param burst messages at once after a rest
    /// @param unsentLimit bytes that wait for a slow device before who sends waits
    /// @param writeTimeout how long who sends waits
    public record Devices(
            int sockets,
            int socketsPerAddress,
            long frameLimit,
            int framesPerSecond,
            int burst,
            Duration ping,
            long unsentLimit,
            Duration writeTimeout) {}

    /// Who customers are.
    ///
    /// @param phoneRegions countries of accounts whose telephone numbers may come without the
    ///   country's code
    public record Customers(Map<AccountId, String> phoneRegions) {}

    /// Which private places may be reached.
    ///
    /// @param allow hosts or CIDR ranges
    public record Egress(List<String> allow) {}

    /// Where secrets of accounts that the API configures may be referred to.
    ///
    /// @param folder null: no files
    /// @param environment how names of variables begin; null: none
    public record Secrets(@Nullable Path folder, @Nullable String environment) {}

    /// Replies on their way.
    ///
    /// @param atLeastOnce accounts whose sends of unknown outcome are sent again
    /// @param linkLifetime of files that customers read by a link
    /// @param windowNotices how long before a send window closes the stream is told
    /// @param quotas of accounts that have one
    public record Outbound(
            Duration unknownAfter,
            Duration timeToLive,
            Set<AccountId> atLeastOnce,
            Duration linkLifetime,
            List<Duration> windowNotices,
            Map<AccountId, Quota> quotas) {}

    /// So many sends in so much time.
    public record Quota(int sends, Duration per) {}

    /// What readers of the stream are given.
    ///
    /// @param window in interactions
    public record Stream(int window, Duration heartbeat) {}

    /// What is kept of requests to providers.
    ///
    /// @param keep how long; zero: none are kept
    /// @param most rows
    public record Traces(Duration keep, int most) {}

    /// The grid that the member joins.
    ///
    /// @param member this member's name
    /// @param bind an address of this machine
    /// @param members `host:port`; empty where `kubernetesDns` is given
    /// @param kubernetesDns a headless service; null: `members` says where they are
    /// @param keys the first seals, all open; one at least
    /// @param size how many members are planned; 1 and 2: that is left open
    /// @param notice how long before it refuses anything a member says that it leaves
    public record Cluster(
            String name,
            String member,
            InetAddress bind,
            int port,
            boolean autoIncrement,
            List<String> members,
            @Nullable String kubernetesDns,
            List<SecretSource> keys,
            int size,
            Duration notice) {}

    /// One account that the file configures.
    ///
    /// @param config the channel's settings as JSON
    /// @param secrets by name
    /// @param place where the account stands
    /// @param places where each of its keys stands, by JSON pointer from the account
    public record Account(
            ChannelId channel,
            String config,
            Map<String, SecretSource> secrets,
            Place place,
            Map<String, Place> places) {}

    /// Where a secret is taken from. Prints nothing.
    public sealed interface SecretSource {
        record FromFile(Path file) implements SecretSource {}

        record FromEnvironment(String variable) implements SecretSource {}

        record Plain(String text) implements SecretSource {
            @Override
            public String toString() {
                return "Plain[***]";
            }
        }
    }

    /// One key as it is in force, for `doctor`.
    ///
    /// @param from where it was said; null: the default
    public record Setting(String key, String value, @Nullable Place from) {}

    /// Reads file and environment.
    ///
    /// @param file null: environment and defaults only
    /// @param environment as [System#getenv()]
    /// @throws Misconfigured with every mistake at once
    public static Configuration load(@Nullable Path file, Map<String, String> environment)
            throws Misconfigured {
        Document document = file == null ? Document.empty("tributary.yaml") : Document.read(file);
        List<Mistake> mistakes = new ArrayList<>(new Environment().over(document, environment));
        mistakes.addAll(Checker.TRIBUTARY.mistakes(document));
        if (mistakes.isEmpty()) {
            mistakes.addAll(ClusterRules.mistakes(document));
            mistakes.addAll(BucketRules.mistakes(document));
            mistakes.addAll(AccountRules.mistakes(document));
        }
        if (!mistakes.isEmpty()) {
            throw new Misconfigured(mistakes);
        }
        Path folder = file == null ? Path.of("") : file.toAbsolutePath().getParent();
        return new Reader(document, folder == null ? Path.of("") : folder).configuration();
    }
}
