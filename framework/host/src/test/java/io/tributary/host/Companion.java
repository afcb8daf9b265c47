package io.tributary.host;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.host.access.Access;
import io.tributary.host.access.Authenticator;
import io.tributary.host.accounts.AccountDraft;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.accounts.Changed;
import io.tributary.host.accounts.Outside;
import io.tributary.host.accounts.PublicUrls;
import io.tributary.host.accounts.SettingsSchema;
import io.tributary.host.accounts.Surroundings;
import io.tributary.host.artifacts.ArtifactStore;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.inbound.Inbox;
import io.tributary.host.inbound.Rehearsal;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.PluginRecords;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.TestServer;
import io.tributary.host.news.News;
import io.tributary.host.plugins.LoaderWatch;
import io.tributary.host.plugins.PluginSetup;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.plugins.VersionLoader;
import io.tributary.host.rollouts.Company;
import io.tributary.host.rollouts.Rollout;
import io.tributary.host.rollouts.RolloutPace;
import io.tributary.host.rollouts.RolloutRefused;
import io.tributary.host.rollouts.Rollouts;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.host.secrets.Redactor;
import io.tributary.host.secrets.ReferenceRules;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// As much of a member as accounts, tokens and plugins need, over a database that others share.
final class Companion implements AutoCloseable {

    static final Trust ANYTHING = Trust.NONE.unsigned(true);

    /// The same on all of them, as in a cluster.
    private static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    final long id;
    final Journal journal;
    final Plugins plugins = new Plugins();
    final Accounts accounts;
    final Access access;
    final Rollouts rollouts;
    final List<AccountId> changed = new CopyOnWriteArrayList<>();
    final List<String> revoked = new CopyOnWriteArrayList<>();
    final List<String> given = new CopyOnWriteArrayList<>();

    private final Set<Long> alive;
    private final Watchdog watchdog = new Watchdog();
    private final LoaderWatch loaders = new LoaderWatch(InstantSource.system());
    private final News news;

    /// @param alive the members that count as there: this one is put in
    /// @param folder its own; jars in `plugins` below it are taken up
    Companion(PostgresAddress database, Path folder, Set<Long> alive, Trust trust, Duration watch)
            throws Exception {
        this.alive = alive;
        var clock = InstantSource.system();
        journal = TestServer.journal(database);
        id = journal.nextEpoch();
        alive.add(id);
        var redactor = new Redactor();
        var jars = Files.createDirectories(folder.resolve("plugins"));
        accounts =
                new Accounts(
                        new Surroundings(
                                journal,
                                new LoadedChannels(plugins),
                                MasterKeys.open(folder, MASTER_KEY),
                                redactor,
                                (_, _) -> new NoWay(),
                                _ -> null,
                                (_, _, _) -> null,
                                new PublicUrls(
                                        URI.create("https://hooks.example.com"),
                                        URI.create("https://pages.example.com")),
                                clock,
                                Map.of(),
                                ReferenceRules.NOTHING));
        rollouts =
                new Rollouts(
                        new Rollouts.Rooms(
                                journal,
                                new ArtifactStore(journal, new Verification(trust), clock),
                                new VersionLoader(
                                        new PluginSetup(
                                                watchdog,
                                                loaders,
                                                redactor::redact,
                                                SettingsSchema::of)),
                                plugins,
                                new HostedAccounts(accounts, new Rehearsal(journal)::of, List.of()),
                                Company.of(id, alive::contains),
                                clock),
                        jars,
                        new RolloutPace(
                                Duration.ZERO,
                                watch,
                                Duration.ofMillis(200),
                                Duration.ofMillis(200)));
        access = new Access(journal, clock, ChangesElsewhere.TOKENS_REMEMBERED);
        access.onChange(new Heard());
        var inbox =
                new Inbox(
                        journal,
                        new TimeOrderedIds(clock),
                        clock,
                        (_, _) -> {},
                        new SimpleMeterRegistry());
        accounts.whenChanged(changed::add);
        rollouts.begin();
        accounts.open(List.of());
        rollouts.start();
        news = ChangesElsewhere.follow(journal, accounts, access, inbox);
        news.start();
    }

    Changed put(String account, String config) throws InterruptedException {
        return accounts.put(
                AccountId.of(account),
                AccountDraft.of(ChannelId.of("chime"), Json.of(config), Map.of()),
                "op");
    }

    Rollout install(Path jar) throws RolloutRefused, InterruptedException, IOException {
        return rollouts.install(
                Bytes.wrap(Files.readAllBytes(jar)), jar.getFileName().toString(), "op", false);
    }

    /// The version that serves here; `none`.
    String version() {
        return version("chime");
    }

    String version(String plugin) {
        return plugins.find(plugin).map(each -> each.version().version()).orElse("none");
    }

    /// What the members say, as `version state`, those of this database that are there.
    List<String> observed() {
        return rollouts.observed().stream()
                .map(each -> each.version() + " " + each.state())
                .toList();
    }

    List<String> history() {
        return rollouts.history("chime").stream()
                .map(each -> each.outcome() + " " + each.to())
                .toList();
    }

    PluginRecords.Wanted wanted() {
        return rollouts.wanted("chime").orElseThrow();
    }

    /// As the others see it: nothing comes from it any more.
    void vanish() {
        alive.remove(id);
    }

    /// It can write nothing any more, whatever it does.
    void die() {
        journal.close();
        vanish();
    }

    @Override
    public void close() {
        vanish();
        news.close();
        rollouts.close();
        accounts.close();
        plugins.close();
        journal.close();
        loaders.close();
        watchdog.close();
    }

    private final class Heard implements Authenticator.TokenChanges {

        @Override
        public void revoked(String token) {
            revoked.add(token);
        }

        @Override
        public void given(String token) {
            given.add(token);
        }
    }

    /// The plugins of the test call nobody.
    private static final class NoWay implements Outside.Way {

        @Override
        public Http.Answer send(Http.Call call) {
            throw new IllegalStateException("no way out");
        }

        @Override
        public void close() {}
    }
}
