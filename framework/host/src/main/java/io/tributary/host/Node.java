package io.tributary.host;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.host.access.Access;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.accounts.PublicUrls;
import io.tributary.host.accounts.SettingsSchema;
import io.tributary.host.accounts.Surroundings;
import io.tributary.host.agents.Agents;
import io.tributary.host.api.Api;
import io.tributary.host.artifacts.ArtifactStore;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.cluster.Attendance;
import io.tributary.host.cluster.ClusterSettings;
import io.tributary.host.cluster.Insights;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.connections.ConnectionPace;
import io.tributary.host.connections.Connections;
import io.tributary.host.customers.CustomerViews;
import io.tributary.host.customers.Merges;
import io.tributary.host.customers.Timeline;
import io.tributary.host.devices.DeviceLimits;
import io.tributary.host.devices.DeviceSockets;
import io.tributary.host.egress.Egress;
import io.tributary.host.egress.EgressLimits;
import io.tributary.host.egress.EgressRules;
import io.tributary.host.egress.Posting;
import io.tributary.host.egress.Seen;
import io.tributary.host.http.HttpDoor;
import io.tributary.host.http.HttpUnavailable;
import io.tributary.host.http.Routes;
import io.tributary.host.inbound.Inbox;
import io.tributary.host.inbound.Parking;
import io.tributary.host.inbound.Rehearsal;
import io.tributary.host.inbound.Renormalising;
import io.tributary.host.inbound.Replay;
import io.tributary.host.inbound.Sweep;
import io.tributary.host.inbound.WebhookDoor;
import io.tributary.host.inbound.Wholes;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.host.leaks.LeakSearch;
import io.tributary.host.media.Fetches;
import io.tributary.host.media.Links;
import io.tributary.host.media.Media;
import io.tributary.host.media.MediaLimits;
import io.tributary.host.media.Orphans;
import io.tributary.host.media.Uploads;
import io.tributary.host.outbound.CapabilityWatch;
import io.tributary.host.outbound.Dispatchers;
import io.tributary.host.outbound.FallbackWatch;
import io.tributary.host.outbound.Fallbacks;
import io.tributary.host.outbound.Pace;
import io.tributary.host.outbound.Quota;
import io.tributary.host.outbound.Replies;
import io.tributary.host.outbound.Resending;
import io.tributary.host.outbound.Signals;
import io.tributary.host.outbound.Terms;
import io.tributary.host.phones.PhoneNumbers;
import io.tributary.host.plugins.LoaderWatch;
import io.tributary.host.plugins.PluginSetup;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.plugins.VersionLoader;
import io.tributary.host.rollouts.RolloutPace;
import io.tributary.host.rollouts.Rollouts;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.host.secrets.Redactor;
import io.tributary.host.secrets.ReferenceRules;
import io.tributary.host.secrets.SecretsUnusable;
import io.tributary.host.traces.Tracing;
import io.tributary.host.webhooks.Deliveries;
import io.tributary.host.webhooks.Posts;
import io.tributary.host.webhooks.Webhooks;
import io.tributary.model.AccountId;
import io.tributary.model.TimeOrderedIds;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running member: its rooms, opened from the ground up and closed from the top down.
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private static final Duration POLL_FOR_OTHERS = Duration.ofMillis(50);
    private static final Duration WEBHOOK_ANSWERS = Duration.ofSeconds(15);

    private static final Duration FALLBACKS_LOOKED_FOR = Duration.ofSeconds(2);

    /// As much as one event may bring.
    private static final long LARGEST_FRAME = 1_000_000;

    private final OpenRooms open = new OpenRooms(OpenRooms.Limits.USUAL);
    private final CompletableFuture<Void> outdated = new CompletableFuture<>();
    private @Nullable URI url;
    private @Nullable URI pages;
    private @Nullable String firstToken;

    private Node() {}

    /// The member cannot start; the message says why and what to do.
    public static final class CannotStart extends Exception {

        private static final long serialVersionUID = 1L;

        CannotStart(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// Something that is served beside what every member serves.
    @FunctionalInterface
    public interface Extra {

        /// Adds its routes.
        ///
        /// @param log that the member writes
        void add(Routes routes, LogReader log);
    }

    /// Opens everything; what was opened is closed again when something fails.
    ///
    /// @param environment as [System#getenv()]
    /// @throws Misconfigured an account of the file cannot be
    public static Node start(Configuration configuration, Map<String, String> environment)
            throws Misconfigured, CannotStart, InterruptedException {
        return start(configuration, environment, (_, _) -> {});
    }

    /// The same, with something more to serve.
    public static Node start(
            Configuration configuration, Map<String, String> environment, Extra extra)
            throws Misconfigured, CannotStart, InterruptedException {
        return start(configuration, environment, extra, InstantSource.system());
    }

    /// The same on a machine whose clock is not this one's.
    static Node start(
            Configuration configuration,
            Map<String, String> environment,
            Extra extra,
            InstantSource own)
            throws Misconfigured, CannotStart, InterruptedException {
        Node node = new Node();
        try {
            node.open(configuration, environment, extra, own);
            return node;
        } catch (HttpUnavailable | SecretsUnusable told) {
            node.close();
            throw new CannotStart(String.valueOf(told.getMessage()), told);
        } catch (IOException failure) {
            node.close();
            throw new CannotStart("The data folder cannot be used: " + failure, failure);
        } catch (JournalUnavailable | IllegalArgumentException told) {
            node.close();
            throw new CannotStart(String.valueOf(told.getMessage()), told);
        } catch (Misconfigured | RuntimeException failure) {
            node.close();
            throw failure;
        }
    }

    private <T extends AutoCloseable> T opened(String name, T room) {
        return open.add(name, room);
    }

    private void open(
            Configuration configuration,
            Map<String, String> environment,
            Extra extra,
            InstantSource own)
            throws Misconfigured, IOException, HttpUnavailable, InterruptedException {
        LogLines.as(configuration.log());
        Path data = Files.createDirectories(configuration.data()).toRealPath();
        Addresses addresses = Addresses.of(configuration.http());
        LogPlace place = LogPlace.of(configuration.log(), environment);
        ClusterSettings grid = grid(configuration, environment);
        Ahead<Journal> log =
                Ahead.open(
                        "journal-opening",
                        () ->
                                place.open(
                                        data,
                                        configuration.cluster() != null,
                                        Meters.journalOptions(configuration, own)));
        opened("journal", log::shut);
        PrometheusMeterRegistry meters = opened("metrics", new Meters()).registry();
        MasterKeys keys = MasterKeys.open(data, environment.get("TRIBUTARY_MASTER_KEY"));
        Redactor redactor = new Redactor();
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(
                                        Math.max(2, Runtime.getRuntime().availableProcessors())));
        opened("event loops", () -> vertx.close().toCompletionStage().toCompletableFuture().join());
        Watchdog watchdog = opened("watchdog", new Watchdog());
        Verification verification = new Verification(PluginTrust.of(configuration.plugins()));
        LoaderWatch loaders = opened("class loaders", new LoaderWatch(own, new LeakSearch(data)));
        Meters.plugins(meters, loaders, watchdog);
        Plugins plugins = opened("plugins", new Plugins());
        LoadedChannels channels = new LoadedChannels(plugins);
        Journal journal = log.room();
        var _ = journal.outdated().thenRun(() -> outdated.complete(null));
        InstantSource clock = journal.clock();
        TimeOrderedIds ids = new TimeOrderedIds(clock);
        // not before: only now is the folder this member's alone
        LeakSearch.clear(data);
        Meters.journal(meters, journal);
        ArtifactStore artifacts = new ArtifactStore(journal, verification, clock);

        Egress egress =
                new Egress(
                        vertx,
                        EgressRules.of(configuration.egress().allow()),
                        EgressLimits.USUAL,
                        null,
                        meters,
                        witness(configuration.traces(), journal, redactor, meters));
        MediaLimits mediaLimits = mediaLimits(configuration.media());
        Links links =
                new Links(
                        keys.derive("media links"),
                        addresses.pages(),
                        configuration.media().linkLifetime(),
                        clock);
        MediaStorage storage =
                opened(
                        "media storage",
                        MediaStorage.of(
                                data.resolve("media"), configuration.media(), clock, environment));
        Media media = new Media(journal, storage.where(journal), links, mediaLimits, ids, clock);
        Accounts accounts =
                new Accounts(
                        new Surroundings(
                                journal,
                                channels,
                                keys,
                                redactor,
                                new CheckedWays(egress),
                                media::store,
                                new PluginFigures(meters),
                                new PublicUrls(addresses.apis(), addresses.pages()),
                                clock,
                                environment,
                                ReferenceRules.only(
                                        configuration.secrets().folder(),
                                        configuration.secrets().environment())));
        opened("accounts", () -> accounts.close(open.left()));
        MemberPulse pulse = new MemberPulse();
        Sharing sharing =
                opened(
                        "membership",
                        Sharing.begin(configuration.cluster(), journal, data, keys, pulse));
        long epoch = sharing.epoch();
        Rollouts rollouts =
                opened(
                        "rollouts",
                        new Rollouts(
                                new Rollouts.Rooms(
                                        journal,
                                        artifacts,
                                        new VersionLoader(
                                                new PluginSetup(
                                                        watchdog,
                                                        loaders,
                                                        redactor::redact,
                                                        SettingsSchema::of)),
                                        plugins,
                                        new HostedAccounts(
                                                accounts,
                                                new Rehearsal(journal)::of,
                                                configuration.plugins().canaries()),
                                        sharing.company(),
                                        clock),
                                PluginFolder.of(configuration.plugins().folder()),
                                RolloutPace.of(configuration.plugins().watch())));
        rollouts.begin();
        DeclaredAccounts.check(configuration, accounts);
        AccountSignals signals = new AccountSignals();
        PhoneNumbers phones = new PhoneNumbers(configuration.customers().phoneRegions(), meters);
        Inbox inbox = new Inbox(journal, ids, clock, signals, meters, phones);
        Renormalising renormalising =
                opened(
                        "renormalisation",
                        new Renormalising(accounts, inbox, epoch, Renormalising.Pace.USUAL));
        Agents agents = opened("stream", new Agents(journal, clock, streams(configuration)));
        Uploads uploads =
                new Uploads(
                        journal,
                        media,
                        keys.derive("uploads"),
                        addresses.pages(),
                        mediaLimits,
                        ids,
                        clock);
        Insights insights = opened("insights", Counting.of(journal, agents));
        Attendance attendance = new Attendance();
        SignalsElsewhere elsewhere = new SignalsElsewhere(accounts);
        // what connections and devices signal is shown to who follows here already
        AccountSignals spoken = new AccountSignals(agents.streams()::show, elsewhere);
        AccountDeliveries deliveries = new AccountDeliveries(inbox, spoken);
        Connections connections =
                new Connections(
                        accounts, sharing.leases(), deliveries, ConnectionPace.USUAL, meters);
        DeviceSockets devices =
                new DeviceSockets(
                        new DeviceSockets.Surroundings(
                                accounts,
                                journal,
                                deliveries,
                                uploads,
                                new FollowCursors(agents.cursors()),
                                epoch,
                                clock,
                                meters,
                                new DeviceAttendance(attendance)),
                        deviceLimits(configuration.devices()));
        signals.add(devices::show);
        signals.add(spoken);
        AccountWires wires = new AccountWires(connections, devices, elsewhere);
        Dispatchers dispatchers =
                opened(
                        "outbound",
                        new Dispatchers(
                                journal,
                                accounts,
                                wires,
                                sharing.leases(),
                                new Parking(journal)::take,
                                epoch,
                                ids,
                                clock,
                                meters,
                                pace(configuration.outbound()),
                                configuration.outbound().atLeastOnce()));
        Fetches fetches =
                opened(
                        "media fetches",
                        new Fetches(
                                journal,
                                accounts,
                                media,
                                new CheckedDownloads(egress),
                                mediaLimits,
                                ids,
                                clock));
        Access access =
                sharing.isShared()
                        ? new Access(journal, clock, ChangesElsewhere.TOKENS_REMEMBERED)
                        : new Access(journal, clock);
        Replies replies =
                new Replies(
                        journal,
                        accounts,
                        dispatchers,
                        ids,
                        clock,
                        new Terms(
                                configuration.outbound().timeToLive(),
                                addresses.pagesReachableFromElsewhere(configuration.http())
                                        ? links::until
                                        : null,
                                configuration.outbound().linkLifetime(),
                                quotas(configuration.outbound())));
        CapabilityWatch capabilityWatch =
                opened(
                        "capabilities",
                        new CapabilityWatch(
                                journal,
                                accounts,
                                ids,
                                clock,
                                configuration.outbound().windowNotices(),
                                CapabilityWatch.Rhythm.USUAL));
        Fallbacks fallbacks = new Fallbacks(journal, replies, ids, clock);
        FallbackWatch plans =
                opened(
                        "fallback plans",
                        new FallbackWatch(journal, fallbacks, clock, FALLBACKS_LOOKED_FOR));
        Readiness readiness =
                new Readiness(journal, accounts, plugins, verification.trust(), watchdog, loaders);

        Posting posting = opened("webhooks' connections", egress.posting(WEBHOOK_ANSWERS));
        Posts posts = new CheckedPosts(posting);
        Deliveries webhookDeliveries =
                opened(
                        "webhooks",
                        new Deliveries(
                                journal,
                                agents,
                                keys,
                                posts,
                                new Deliveries.Member(epoch, sharing.isShared()),
                                meters));
        Webhooks webhooks = new Webhooks(journal, agents, keys, posts, webhookDeliveries);

        HttpDoor door =
                new HttpDoor(
                        vertx,
                        addresses.settings(
                                configuration.http(), configuration.media().uploadLimit()),
                        access,
                        readiness,
                        meters,
                        meters::scrape,
                        clock);
        door.webhooks(new AccountWebhooks(new WebhookDoor(accounts, inbox)));
        door.devices(devices);
        configuration
                .sites()
                .forEach((path, folder) -> door.site("/" + path, folder.toAbsolutePath()));
        Api.add(
                door,
                new Api.Rooms(
                        journal,
                        agents,
                        replies,
                        fallbacks,
                        capabilityWatch,
                        new Signals(journal, accounts, wires, clock),
                        new Replay(accounts, inbox),
                        renormalising,
                        new Resending(journal, replies, clock),
                        new CustomerViews(journal, phones),
                        new Merges(journal, ids, clock, inbox::forget),
                        new Timeline(journal),
                        media,
                        uploads,
                        accounts,
                        channels,
                        plugins,
                        rollouts,
                        loaders,
                        access,
                        configuration.media().uploadLimit(),
                        attendance,
                        epoch,
                        insights,
                        webhooks,
                        clock,
                        addresses.apis()));

        extra.add(door, journal.log());

        opened(
                "commits",
                journal.onCommit(rows -> {
                    accounts.committed(rows);
                    inbox.committed(rows);
                    fetches.wake();
                    plans.committed(rows);
                    webhookDeliveries.committed();
                }));
        agents.whenRead(rows -> {
            accounts.committed(rows);
            inbox.committed(rows);
            fetches.wake();
            dispatchers.committed(rows);
            plans.committed(rows);
            webhookDeliveries.committed();
        });
        accounts.whenChanged(account -> {
            dispatchers.accountOpened(account);
            connections.changed(account);
            devices.changed(account);
        });
        connections.whenWiresChanged(account -> dispatchers.wiresChanged(account, null));
        devices.whenWiresChanged(dispatchers::wiresChanged);
        accounts.open(DeclaredAccounts.of(configuration));
        NamedAccounts.warn(configuration, id -> accounts.view(id).isPresent());
        dispatchers.start();
        fetches.start();
        capabilityWatch.start();
        plans.start();
        renormalising.start();
        webhookDeliveries.start();
        rollouts.start();
        insights.start();
        if (sharing.isShared()) {
            var news = opened("news", ChangesElsewhere.follow(journal, accounts, access, inbox));
            news.tell(new ChangesElsewhere.Moving(devices));
            news.start();
        }
        opened("pieces", new Wholes(accounts, inbox)).start();
        opened(
                "chores",
                Chores.of(
                        journal,
                        new Sweep(journal, clock),
                        new Orphans(journal, media, clock),
                        configuration,
                        clock));
        storage.strays(journal).ifPresent(each -> opened("objects", Chores.of(each)));
        firstToken =
                access.firstToken(
                                environment.get("TRIBUTARY_ADMIN_TOKEN"),
                                addresses.reachableFromElsewhere(configuration.http()))
                        .orElse(null);

        opened("http", () -> door.close(open.left()));
        HttpDoor.Addresses listening = door.start();
        opened("connections and devices", new Farewell(connections, devices));
        devices.start();
        connections.start();
        url = listening.apis();
        pages = listening.pages();
        readiness.serving();
        opened("front door", door::refuse);
        if (sharing.isShared()) {
            readiness.lease(sharing::firm);
        }
        pulse.serves(accounts, connections, readiness, url.toString());
        sharing.serves();
        var membership = journal.membership();
        if (grid != null && membership.isPresent()) {
            var self =
                    new Neighbours.Self(membership.get(), sharing.epoch(), pulse, sharing::serves);
            var heard = new AccountSignals(devices::show, agents.streams()::show);
            List<Neighbours.Guest> guests =
                    List.of(attendance::join, joined -> elsewhere.join(joined, heard, wires));
            var neighbours = new Neighbours(grid, journal, agents, self, guests, meters);
            readiness.grid(neighbours::trouble);
            opened("grid", neighbours).start();
        }
        Notice notice = new Notice(readiness, sharing, notice(configuration), open::left);
        open.add("notice", notice, notice::atMost);
        Files.writeString(data.resolve("member.url"), url + "\n");
        LOG.info("serving on {}; pages and media on {}; data in {}", url, pages, data);
    }

    private Seen.Witness witness(
            Configuration.Traces traces,
            Journal journal,
            Redactor redactor,
            PrometheusMeterRegistry meters) {
        if (traces.keep().isZero()) {
            return _ -> {};
        }
        return opened(
                "traces",
                new Tracing(
                        journal.traces(),
                        redactor::redact,
                        journal.clock(),
                        Tracing.Limits.keeping(traces.most()),
                        meters));
    }

    private static Map<AccountId, Quota> quotas(Configuration.Outbound outbound) {
        Map<AccountId, Quota> quotas = new HashMap<>();
        outbound.quotas()
                .forEach((account, quota) ->
                        quotas.put(account, new Quota(quota.sends(), quota.per())));
        return quotas;
    }

    /// @return null: the member is alone
    private static @Nullable ClusterSettings grid(
            Configuration configuration, Map<String, String> environment) throws SecretsUnusable {
        var cluster = configuration.cluster();
        return cluster == null ? null : ClusterSettings.of(cluster, environment);
    }

    private static Duration notice(Configuration configuration) {
        var cluster = configuration.cluster();
        return cluster == null ? Duration.ZERO : cluster.notice();
    }

    private static MediaLimits mediaLimits(Configuration.Media media) {
        MediaLimits usual = MediaLimits.USUAL;
        return new MediaLimits(
                media.fetchLimit(),
                media.uploadLimit(),
                usual.download(),
                usual.tries(),
                usual.atOnce());
    }

    private static DeviceLimits deviceLimits(Configuration.Devices devices) {
        DeviceLimits usual = DeviceLimits.USUAL;
        return new DeviceLimits(
                devices.sockets(),
                devices.socketsPerAddress(),
                (int) Math.min(LARGEST_FRAME, devices.frameLimit()),
                devices.ping(),
                devices.framesPerSecond(),
                devices.burst(),
                usual.early(),
                (int) Math.min(Integer.MAX_VALUE, devices.unsentLimit()),
                devices.writeTimeout(),
                usual.parked(),
                usual.drain(),
                usual.leave());
    }

    private static Pace pace(Configuration.Outbound outbound) {
        Pace usual = Pace.USUAL;
        return new Pace(
                usual.poll(),
                outbound.unknownAfter(),
                usual.firstBackoff(),
                usual.longestBackoff(),
                usual.firstLookUp(),
                usual.gone(),
                usual.drain(),
                usual.journal());
    }

    private static Agents.Options streams(Configuration configuration) {
        Configuration.Stream stream = configuration.stream();
        Agents.Options usual = Agents.Options.DEFAULT;
        // what others commit is found by looking
        Duration poll = configuration.cluster() == null ? usual.poll() : POLL_FOR_OTHERS;
        return new Agents.Options(
                stream.window(), usual.bytes(), poll, stream.heartbeat(), usual.patience());
    }

    /// Where the APIs and webhooks are.
    public URI url() {
        return started(url);
    }

    /// Where media and plugins' pages are.
    public URI pages() {
        return started(pages);
    }

    private static URI started(@Nullable URI address) {
        if (address == null) {
            throw new IllegalStateException("the member has not started");
        }
        return address;
    }

    /// The operator's token that was made at this start, to be shown once.
    public Optional<String> firstToken() {
        return Optional.ofNullable(firstToken);
    }

    /// Completes when this member has to begin anew: see [Journal#outdated()].
    CompletableFuture<Void> outdated() {
        return outdated;
    }

    /// Refuses what comes, ends what is under way within 30 s, and closes every room. May be called
    /// again.
    @Override
    public synchronized void close() {
        long begin = System.nanoTime();
        boolean served = url != null && !open.isEmpty();
        open.close();
        if (served) {
            LOG.info("stopped after {} ms", Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }
    }
}
