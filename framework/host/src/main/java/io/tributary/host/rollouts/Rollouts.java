package io.tributary.host.rollouts;

import io.tributary.host.artifacts.ArtifactStore;
import io.tributary.host.artifacts.Rejected;
import io.tributary.host.artifacts.SemanticVersion;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PluginRecords;
import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.plugins.Refused;
import io.tributary.host.plugins.VersionLoader;
import io.tributary.host.rollouts.Rollout.State;
import io.tributary.host.rollouts.RolloutRefused.Why;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes which version of a plugin serves, while it serves.
///
/// A new version is loaded beside the one that serves and tried with every account of its channels;
/// then one reference is swapped and the accounts are opened anew, one by one. For a while the
/// version before stands by, and takes its place again if the new one does worse. What is wanted is
/// written when that is settled: a member that dies before starts with the version before.
///
/// Changes come one after another, and block. Thread safe.
public final class Rollouts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);

    /// Longer than any call of an account that was replaced may run.
    private static final Duration LEAVE_AT_MOST = Duration.ofSeconds(75);

    private static final int HISTORY = 20;

    private final Rooms rooms;
    private final PluginsFolder folder;
    private final RolloutPace pace;
    private final Books books;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<String, Ongoing> watched = new ConcurrentHashMap<>();
    private final Map<String, Rollout> latest = new ConcurrentHashMap<>();

    /// How the versions that serve did lately; touched by the clockwork's thread, or under the
    /// lock.
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

    private final ScheduledExecutorService clockwork =
            Executors.newScheduledThreadPool(
                    2, Thread.ofPlatform().daemon().name("rollouts").factory());

    /// What versions are changed with.
    ///
    /// @param plugins those that serve
    public record Rooms(
            Journal journal,
            ArtifactStore artifacts,
            VersionLoader loader,
            Plugins plugins,
            Hosted hosted,
            InstantSource clock) {}

    /// @param folder where jars are dropped
    public Rollouts(Rooms rooms, Path folder, RolloutPace pace) {
        this.rooms = rooms;
        this.folder = new PluginsFolder(folder);
        this.pace = pace;
        this.books = new Books(rooms.journal());
    }

    /// Loads what is to serve, from the journal and the folder. To be called once, before accounts
    /// are opened.
    public void begin() throws InterruptedException {
        changing.lockInterruptibly();
        try {
            new Beginning(
                            rooms.plugins(),
                            rooms.loader(),
                            new Shelf.Kept(rooms.artifacts(), books),
                            rooms.clock().instant())
                    .begin(lying(folder, rooms.plugins()));
            rooms.plugins()
                    .loaded()
                    .forEach(each -> courses.put(each.version().id(), new Course(each)));
        } finally {
            changing.unlock();
        }
    }

    /// Loads what lies in a folder, as a first start would, and keeps nothing of it: for a look at
    /// it. Close the answer.
    public static Plugins dry(Path folder, Verification verification, VersionLoader loader)
            throws InterruptedException {
        var plugins = new Plugins();
        new Beginning(plugins, loader, new Shelf.Empty(verification), Instant.EPOCH)
                .begin(lying(new PluginsFolder(folder), plugins));
        return plugins;
    }

    private static List<PluginsFolder.Found> lying(PluginsFolder folder, Plugins plugins) {
        try {
            return folder.first();
        } catch (IOException failure) {
            plugins.refused(
                    folder.toString(),
                    "the plugins folder cannot be read ("
                            + failure.getClass().getSimpleName()
                            + "); is it there, and may this user read it?");
            return List.of();
        }
    }

    /// Begins to look at how versions do, and what is dropped into the folder.
    public void start() {
        every(pace.look(), "versions could not be compared", this::look);
        every(pace.folder(), "the plugins folder could not be looked at", this::lookIntoFolder);
    }

    private void every(Duration pause, String complaint, Look look) {
        var _ =
                clockwork.scheduleWithFixedDelay(
                        () -> {
                            try {
                                look.run();
                            } catch (InterruptedException leaving) {
                                Thread.currentThread().interrupt();
                            } catch (JournalUnavailable unavailable) {
                                LOG.warn("{}: {}", complaint, unavailable.getMessage());
                            } catch (Exception | Error failure) {
                                // whatever it is: nobody would ever look again
                                LOG.error("{}, trying again", complaint, failure);
                            }
                        },
                        pause.toNanos(),
                        pause.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @FunctionalInterface
    private interface Look {
        void run() throws Exception;
    }

    /// Lets the version in a jar serve; answers when it does, and is only watched any more.
    ///
    /// @param file whose bytes nobody changes any more
    /// @param origin what people call it: a file's name
    /// @param actor for the audit
    /// @param downgrade whether a version below one that was wanted before is meant
    /// @throws JournalUnavailable it could not be written down; all is as it was
    public Rollout install(Bytes file, String origin, String actor, boolean downgrade)
            throws RolloutRefused, InterruptedException {
        changing.lockInterruptibly();
        try {
            var jar = rooms.artifacts().take(new ArtifactStore.Offer(file, origin, actor, null));
            if (!downgrade) {
                refuseDowngrade(jar);
            }
            return install(jar, actor);
        } catch (Rejected rejected) {
            throw new RolloutRefused(Why.UNFIT, "The jar was refused: " + rejected.reason() + ".");
        } finally {
            changing.unlock();
        }
    }

    private Rollout install(VerifiedJar jar, String actor)
            throws RolloutRefused, InterruptedException {
        var id = jar.plugin().id();
        var before = rooms.plugins().find(id).orElse(null);
        var now = rooms.clock().instant();
        var rollout =
                new Rollout(
                        id,
                        before == null ? null : before.version(),
                        jar.plugin(),
                        jar.sha256(),
                        State.TRYING,
                        "",
                        0,
                        null,
                        actor,
                        now,
                        null);
        if (before != null && before.jar().sha256().equals(jar.sha256())) {
            var ongoing = watched.get(id);
            return ongoing == null
                    ? rollout.over(State.SERVING, "it serves already", now)
                    : ongoing.rollout();
        }
        refuseWhileWatched(id);
        return begin(rollout, jar, before);
    }

    /// Lets the version before serve again: at once the one that stands by, else the one that
    /// served before the present one was settled.
    public Rollout rollback(String plugin, String actor)
            throws RolloutRefused, InterruptedException {
        changing.lockInterruptibly();
        try {
            var ongoing = watched.get(plugin);
            if (ongoing != null) {
                return takeBack(ongoing, "taken back by " + actor);
            }
            if (rooms.plugins().find(plugin).isEmpty()) {
                throw unknown(plugin);
            }
            var sha256 = books.wanted(plugin).map(PluginRecords.Wanted::before).orElse(null);
            if (sha256 == null) {
                throw new RolloutRefused(
                        Why.UNKNOWN,
                        "No version of plugin "
                                + plugin
                                + " served before this one: install the one you want.");
            }
            return install(rooms.artifacts().load(sha256), actor);
        } catch (Rejected rejected) {
            throw new RolloutRefused(
                    Why.UNFIT,
                    "The version before cannot serve any more: " + rejected.reason() + ".");
        } finally {
            changing.unlock();
        }
    }

    /// Takes a plugin away that no account needs.
    public Rollout remove(String plugin, String actor) throws RolloutRefused, InterruptedException {
        changing.lockInterruptibly();
        try {
            refuseWhileWatched(plugin);
            var present = rooms.plugins().find(plugin).orElseThrow(() -> unknown(plugin));
            var accounts = rooms.hosted().configured(channels(present));
            if (!accounts.isEmpty()) {
                throw new RolloutRefused(
                        Why.CONFLICT,
                        "Accounts need plugin "
                                + plugin
                                + ": "
                                + accounts.stream().map(AccountId::value).sorted().toList()
                                + ". Remove them first; their interactions stay.");
            }
            var now = rooms.clock().instant();
            var rollout =
                    new Rollout(
                            plugin,
                            present.version(),
                            null,
                            null,
                            State.REMOVED,
                            "",
                            0,
                            null,
                            actor,
                            now,
                            now);
            books.removed(rollout, now);
            rooms.plugins().remove(plugin);
            courses.remove(plugin);
            close(present);
            return known(rollout);
        } finally {
            changing.unlock();
        }
    }

    /// The rollout of the plugin that is under way, or else was the last since this member started.
    public Optional<Rollout> latest(String plugin) {
        var ongoing = watched.get(plugin);
        return Optional.ofNullable(ongoing == null ? latest.get(plugin) : ongoing.rollout());
    }

    /// How changes of its version ended, newest first.
    public List<PluginRecords.Rollout> history(String plugin) {
        return books.rollouts(plugin, HISTORY);
    }

    /// Settles what is watched: no objection was found so far, and the member is asked to leave.
    @Override
    public void close() {
        clockwork.shutdownNow();
        changing.lock();
        try {
            for (var ongoing : List.copyOf(watched.values())) {
                settle(ongoing);
            }
        } catch (JournalUnavailable | InterruptedException unsettled) {
            LOG.warn("what was watched is not settled: the member starts with the versions before");
        } finally {
            changing.unlock();
        }
    }

    private Rollout begin(Rollout trying, VerifiedJar jar, @Nullable LoadedPlugin before)
            throws RolloutRefused, InterruptedException {
        LoadedPlugin loaded;
        try {
            loaded = rooms.loader().load(jar);
        } catch (Refused refused) {
            throw refused(trying, refused.reason());
        }
        Optional<String> objection;
        try {
            objection = objection(loaded, before);
        } catch (InterruptedException | RuntimeException failure) {
            loaded.close();
            throw failure;
        }
        if (objection.isPresent()) {
            loaded.close();
            throw refused(trying, objection.get());
        }
        return move(trying.moving(), loaded, before, jar);
    }

    /// What speaks against the version before it serves at all.
    private Optional<String> objection(LoadedPlugin loaded, @Nullable LoadedPlugin before)
            throws InterruptedException {
        var rival = rooms.plugins().rival(loaded);
        if (rival.isPresent()) {
            return rival;
        }
        if (before != null) {
            Set<ChannelId> gone = new LinkedHashSet<>(channels(before));
            gone.removeAll(channels(loaded));
            var orphans = rooms.hosted().configured(gone);
            if (!orphans.isEmpty()) {
                return Optional.of(
                        "it does not bring "
                                + gone
                                + " any more, which accounts "
                                + orphans
                                + " need");
            }
        }
        for (var channel : loaded.channels()) {
            for (var account : rooms.hosted().of(Set.of(channel.descriptor().id()))) {
                var why = rooms.hosted().trial(account, channel);
                if (why.isPresent()) {
                    return Optional.of("account " + account + " cannot live on it: " + why.get());
                }
            }
        }
        return loaded.quarantine().why();
    }

    private Rollout move(
            Rollout moving, LoadedPlugin loaded, @Nullable LoadedPlugin before, VerifiedJar jar)
            throws RolloutRefused, InterruptedException {
        var accounts = rooms.hosted().of(channels(loaded));
        var course = before == null ? null : course(before);
        rooms.plugins().serve(loaded);
        var rollout = moving;
        for (var account : accounts) {
            var why = rooms.hosted().move(account);
            if (why.isPresent() && course != null) {
                var ongoing = new Ongoing(rollout, course, loaded, Set.copyOf(accounts));
                takeBack(ongoing, "account " + account + " could not be moved: " + why.get());
                throw new RolloutRefused(
                        Why.UNFIT, "Account " + account + " could not be moved: " + why.get());
            }
            rollout = rollout.movedOne();
        }
        courses.put(loaded.version().id(), new Course(loaded));
        if (before == null || course == null) {
            return served(rollout, jar);
        }
        if (pace.watch().isZero()) {
            // nobody is to wait before the next one: a plugin is being written
            var over = served(rollout, jar);
            retire(before);
            return over;
        }
        var watching = rollout.watching(rooms.clock().instant(), pace.watch());
        watched.put(watching.plugin(), new Ongoing(watching, course, loaded, Set.copyOf(accounts)));
        LOG.info(
                "plugin {} {} serves {} accounts; {} stands by until {}",
                watching.plugin(),
                loaded.version().version(),
                watching.moved(),
                course.plugin().version().version(),
                watching.watchedUntil());
        return watching;
    }

    private Rollout served(Rollout rollout, VerifiedJar jar) throws InterruptedException {
        var now = rooms.clock().instant();
        var over = rollout.over(State.SERVING, "", now);
        books.serves(over, jar, now);
        LOG.info("plugin {} {} serves", over.plugin(), jar.plugin().version());
        return known(over);
    }

    private void look() throws InterruptedException {
        courses.values().forEach(Course::look);
        for (var ongoing : watched.values()) {
            var objection = ongoing.look(rooms.hosted());
            if (objection.isPresent() || over(ongoing)) {
                changing.lockInterruptibly();
                try {
                    if (watched.get(ongoing.rollout().plugin()) == ongoing) {
                        end(ongoing, objection);
                    }
                } finally {
                    changing.unlock();
                }
            }
        }
    }

    private void end(Ongoing ongoing, Optional<String> objection) throws InterruptedException {
        if (objection.isPresent()) {
            takeBack(ongoing, objection.get());
        } else {
            settle(ongoing);
        }
    }

    private void lookIntoFolder() throws IOException, InterruptedException {
        var look = folder.next();
        look.gone().forEach(name -> rooms.plugins().refused(name, null));
        for (var found : look.found()) {
            var bytes = found.bytes();
            if (bytes == null) {
                rooms.plugins().refused(found.name(), found.problem());
                continue;
            }
            try {
                install(bytes, found.name(), Beginning.FOLDER, false);
                rooms.plugins().refused(found.name(), null);
            } catch (RolloutRefused refused) {
                if (refused.why() == Why.WATCHED) {
                    folder.again(found.name());
                } else {
                    LOG.warn("plugin {} was refused: {}", found.name(), refused.getMessage());
                    rooms.plugins().refused(found.name(), refused.getMessage());
                }
            }
        }
    }

    private boolean over(Ongoing ongoing) {
        var until = ongoing.rollout().watchedUntil();
        return until != null && !rooms.clock().instant().isBefore(until);
    }

    private void settle(Ongoing ongoing) throws InterruptedException {
        var rollout = ongoing.rollout();
        var jar = ongoing.now().jar();
        served(rollout, jar);
        watched.remove(rollout.plugin());
        retire(ongoing.before());
    }

    /// The version before takes its place again, whatever else fails.
    private Rollout takeBack(Ongoing ongoing, String why) throws InterruptedException {
        var now = ongoing.now();
        var before = ongoing.before();
        LOG.warn("plugin {} is taken back: {}", now.version(), why);
        rooms.plugins().serve(before);
        courses.put(before.version().id(), new Course(before));
        for (var account : rooms.hosted().of(channels(before))) {
            rooms.hosted()
                    .move(account)
                    .ifPresent(stays ->
                            LOG.error("account {} could not be taken back: {}", account, stays));
        }
        var over = ongoing.rollout().over(State.RETURNED, why, rooms.clock().instant());
        watched.remove(over.plugin(), ongoing);
        known(over);
        retire(now);
        try {
            books.failed(over, rooms.clock().instant());
        } catch (JournalUnavailable unavailable) {
            LOG.warn("that {} was taken back is not written down", now.version());
        }
        return over;
    }

    private RolloutRefused refused(Rollout rollout, String why) throws InterruptedException {
        var now = rooms.clock().instant();
        var over = known(rollout.over(State.REFUSED, why, now));
        books.failed(over, now);
        LOG.warn("plugin {} was refused: {}", rollout.to(), why);
        return new RolloutRefused(
                Why.UNFIT, "Plugin " + rollout.to() + " cannot serve here: " + why + ".");
    }

    private void retire(LoadedPlugin plugin) {
        Thread.ofVirtual()
                .name("retire " + plugin.version())
                .start(() -> {
                    try {
                        rooms.hosted().awaitLeft(plugin, LEAVE_AT_MOST);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    close(plugin);
                });
    }

    private static void close(LoadedPlugin plugin) {
        plugin.close();
        LOG.info("plugin {} is unloaded", plugin.version());
    }

    private Course course(LoadedPlugin plugin) {
        var course = courses.get(plugin.version().id());
        return course == null || course.plugin() != plugin ? new Course(plugin) : course;
    }

    private Rollout known(Rollout rollout) {
        latest.put(rollout.plugin(), rollout);
        return rollout;
    }

    private void refuseWhileWatched(String plugin) throws RolloutRefused {
        var ongoing = watched.get(plugin);
        if (ongoing != null) {
            throw new RolloutRefused(
                    Why.WATCHED,
                    "Version "
                            + ongoing.now().version().version()
                            + " of plugin "
                            + plugin
                            + " is watched until "
                            + until(ongoing)
                            + ": wait, or take it back with `tributary plugin rollback "
                            + plugin
                            + "`.");
        }
    }

    private static String until(Ongoing ongoing) {
        var until = ongoing.rollout().watchedUntil();
        return until == null ? "it is settled" : until.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void refuseDowngrade(VerifiedJar jar) throws RolloutRefused {
        var wanted = books.wanted(jar.plugin().id()).orElse(null);
        if (wanted == null || wanted.sha256().equals(jar.sha256())) {
            return;
        }
        var version = jar.plugin().version();
        if (SemanticVersion.parse(wanted.highest()).compareTo(SemanticVersion.parse(version)) > 0) {
            throw new RolloutRefused(
                    Why.CONFLICT,
                    "Version "
                            + version
                            + " of plugin "
                            + wanted.plugin()
                            + " is older than "
                            + wanted.highest()
                            + ", which served already. If a downgrade is meant, say so:"
                            + " `tributary plugin add JAR --downgrade`, `?downgrade=true`.");
        }
        if (wanted.version().equals(version) && !version.endsWith("-SNAPSHOT")) {
            throw new RolloutRefused(
                    Why.CONFLICT,
                    "Version "
                            + version
                            + " of plugin "
                            + wanted.plugin()
                            + " serves already, from other bytes: give the new one a version of its"
                            + " own, or say that a downgrade is meant (--downgrade).");
        }
    }

    private static RolloutRefused unknown(String plugin) {
        return new RolloutRefused(Why.UNKNOWN, "There is no plugin " + plugin + " here.");
    }

    private static Set<ChannelId> channels(LoadedPlugin plugin) {
        Map<ChannelId, LoadedChannel> channels = new LinkedHashMap<>();
        plugin.channels().forEach(each -> channels.put(each.descriptor().id(), each));
        return channels.keySet();
    }
}
