package io.tributary.host.accounts;

import io.tributary.host.artifacts.Entitlement;
import io.tributary.host.artifacts.Entitlements;
import io.tributary.host.calls.BoundedCalls;
import io.tributary.host.calls.Quarantine;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.secrets.MasterKeys;
import io.tributary.host.secrets.Redactor;
import io.tributary.host.secrets.ReferenceRules;
import io.tributary.host.secrets.SecretsUnusable;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import io.tributary.model.MediaId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Http;
import io.tributary.spi.MediaStore;
import io.tributary.spi.Metrics;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// As much of a member as accounts need: a journal in a folder, one channel, and ways out that the
/// test sees.
final class Member implements AutoCloseable {

    static final AccountId ACCOUNT = AccountId.of("pager-us");
    static final String TOKEN = "open sesame";

    final ScriptedChannel channel = new ScriptedChannel();
    final Redactor redactor = new Redactor();
    final Map<String, String> environment = new ConcurrentHashMap<>();
    ReferenceRules references = ReferenceRules.NOTHING;
    final List<TestWay> ways = new CopyOnWriteArrayList<>();
    final Map<String, Long> counted = new ConcurrentHashMap<>();
    final Journal journal;
    final BoundedCalls calls;

    private final Path folder;
    final Watchdog watchdog = new Watchdog();
    private volatile boolean pluginLoaded = true;
    private volatile Entitlements entitlements =
            new Entitlements(Set.of(Entitlement.HTTP), Set.of("phone"));

    Member(Path folder) {
        this.folder = folder;
        this.journal = SqliteJournal.open(folder, JournalOptions.standard());
        this.calls =
                new BoundedCalls(
                        new PluginVersion("pager", "1.2.0"),
                        Member.class.getClassLoader(),
                        16,
                        new Quarantine(),
                        watchdog,
                        redactor::redact);
    }

    Accounts accounts() {
        return accounts(null);
    }

    Accounts accounts(@Nullable String masterKey) {
        return accounts(masterKey, new OneChannel());
    }

    Accounts accounts(@Nullable String masterKey, Channels channels) {
        try {
            return new Accounts(
                    new Surroundings(
                            journal,
                            channels,
                            MasterKeys.open(
                                    masterKey == null ? folder : folder.resolve("other"),
                                    masterKey),
                            redactor,
                            (_, _) -> {
                                var way = new TestWay();
                                ways.add(way);
                                return way;
                            },
                            _ -> new OneFile(),
                            (_, _, _) -> new Counted(),
                            new PublicUrls(
                                    URI.create("https://hooks.example.com"),
                                    URI.create("https://pages.example.com/base/")),
                            InstantSource.system(),
                            environment,
                            references));
        } catch (SecretsUnusable unusable) {
            throw new AssertionError(unusable);
        }
    }

    void pluginIsGone() {
        pluginLoaded = false;
    }

    static AccountDraft draft() {
        return draft("{\"url\": \"https://pager.example\"}");
    }

    static AccountDraft draft(String config) {
        return AccountDraft.of(
                ScriptedChannel.ID, Json.of(config), Map.of("token", new GivenSecret.Value(TOKEN)));
    }

    @Override
    public void close() {
        calls.close();
        journal.close();
        watchdog.close();
    }

    /// As if the plugin's manifest said so.
    void entitled(Entitlement... granted) {
        entitlements = new Entitlements(Set.of(granted), Set.of("phone"));
    }

    private final class OneChannel implements Channels {

        @Override
        public Optional<Served> find(ChannelId id) {
            return all().stream().filter(each -> each.descriptor().id().equals(id)).findFirst();
        }

        @Override
        public List<Served> all() {
            return pluginLoaded
                    ? List.of(
                            new Served(
                                    channel,
                                    channel.descriptor(),
                                    new PluginVersion("pager", "1.2.0"),
                                    entitlements,
                                    calls))
                    : List.of();
        }
    }

    static final class TestWay implements Outside.Way {

        volatile boolean closed;

        @Override
        public Http.Answer send(Http.Call call) {
            return Http.Answer.of(204);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class OneFile implements MediaStore {

        @Override
        public MediaId keep(InputStream stream, @Nullable String name, @Nullable String type) {
            return new MediaId(new UUID(0, 1));
        }

        @Override
        public InputStream open(MediaId media) {
            return new ByteArrayInputStream(new byte[] {1, 2, 3});
        }

        @Override
        public URI link(MediaId media, Duration valid) {
            return URI.create("https://pages.example.com/media/1");
        }
    }

    private final class Counted implements Metrics {

        @Override
        public void count(String name, long by) {
            counted.merge(name, by, Long::sum);
        }

        @Override
        public void time(String name, Duration took) {
            counted.merge(name, took.toMillis(), Long::sum);
        }
    }
}
