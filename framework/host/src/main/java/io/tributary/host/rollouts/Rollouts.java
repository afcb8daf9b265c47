package io.tributary.host.rollouts;

import io.tributary.host.artifacts.ArtifactStore;
import io.tributary.host.artifacts.Rejected;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PluginRecords;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.plugins.VersionLoader;
import io.tributary.host.rollouts.Rollout.State;
import io.tributary.host.rollouts.RolloutRefused.Why;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.PluginVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
/// Changes of one plugin come one after another, and block. Thread safe.
public final class Rollouts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);
    private static final int HISTORY = 20;
    private static final String UNFOLLOWED = "what other members changed could not be followed";

    /// For what has its turn when the member is asked to leave.
    private static final long LEAVING_SECONDS = 5;

    private final Rooms rooms;
    private final PluginsFolder folder;
    private final RolloutPace pace;
    private final Books books;
    private final Turns turns = new Turns();
    private final Underway underway = new Underway();
    private final Admission admission;
    private final Changeover changeover;
    private final Patrol patrol;
    private final Orphans orphans;
    private final Observations observations;
    private final Convergence convergence;

    /// What versions are changed with.
    ///
    /// @param plugins those that serve
    /// @param company who else changes versions in this journal
    public record Rooms(
            Journal journal,
            ArtifactStore artifacts,
            VersionLoader loader,
            Plugins plugins,
            Hosted hosted,
            Company company,
            InstantSource clock) {}

    /// @param folder where jars are dropped
    public Rollouts(Rooms rooms, Path folder, RolloutPace pace) {
        this.rooms = rooms;
        this.folder = new PluginsFolder(folder);
        this.pace = pace;
        this.books = new Books(rooms.journal(), rooms.company());
        this.admission = new Admission(rooms.artifacts(), books, underway, rooms.company());
        var retirement = new Retirement(rooms.hosted());
        var examination = new Examination(rooms, admission);
        this.changeover =
                new Changeover(rooms, pace, books, underway, admission, retirement, examination);
        this.orphans = new Orphans(rooms, books, underway);
        this.observations = new Observations(books, rooms.company(), rooms.clock());
        this.convergence =
                new Convergence(
                        rooms,
                        books,
                        underway,
                        turns,
                        changeover,
                        new Following(rooms, underway, examination, retirement),
                        orphans,
                        observations);
        this.patrol = new Patrol(this.folder, rooms.plugins());
    }

    /// Loads what is to serve, from the journal and the folder. To be called once, before accounts
    /// are opened.
    public void begin() throws InterruptedException {
        new Beginning(
                        rooms.plugins(),
                        rooms.loader(),
                        new Shelf.Kept(rooms.artifacts(), books, rooms.company()),
                        rooms.clock().instant())
                .begin(lying(folder, rooms.plugins()))
                .forEach(folder::again);
        rooms.plugins().loaded().forEach(underway::course);
    }

    /// Loads what lies in a folder, as a first start would, and keeps nothing of it: for a look at
    /// it. Close the answer.
    public static Plugins dry(Path folder, Verification verification, VersionLoader loader)
            throws InterruptedException {
        var plugins = new Plugins();
        var _ =
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
        patrol.every(pace.look(), "versions could not be compared", this::look);
        patrol.every(
                pace.folder(),
                "the plugins folder could not be looked at",
                () ->
                        patrol.lookIntoFolder(
                                (file, name) -> install(file, name, Beginning.FOLDER, false)));
        if (rooms.company().shared()) {
            patrol.soon(UNFOLLOWED, convergence::look);
            patrol.every(pace.look(), UNFOLLOWED, convergence::look);
        }
    }

    /// Another member changed something just now: looks at once. Cheap; safe to leave out.
    public void hint() {
        if (rooms.company().shared()) {
            patrol.soon(UNFOLLOWED, convergence::look);
        }
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
        VerifiedJar jar;
        try {
            jar = rooms.artifacts().check(new ArtifactStore.Offer(file, origin, actor));
        } catch (Rejected rejected) {
            throw new RolloutRefused(Why.UNFIT, "The jar was refused: " + rejected.reason() + ".");
        }
        return turns.of(
                jar.plugin().id(),
                () -> {
                    if (!downgrade) {
                        admission.refuseDowngrade(jar, actor);
                    }
                    return install(jar, actor);
                });
    }

    private Rollout install(VerifiedJar jar, String actor)
            throws RolloutRefused, InterruptedException {
        var id = jar.plugin().id();
        var before = rooms.plugins().find(id).orElse(null);
        var now = rooms.clock().instant();
        var rollout = rollout(id, before, jar, State.TRYING, actor, now);
        if (before != null && before.jar().sha256().equals(jar.sha256())) {
            // it may have been signed anew
            rooms.artifacts().keep(jar, actor);
            var ongoing = underway.watched(id);
            if (ongoing.isPresent()) {
                return ongoing.get().rollout();
            }
            if (wanted(id, jar)) {
                return rollout.over(State.SERVING, "it serves already", now);
            }
        }
        if (elsewhere(jar).isPresent()) {
            return elsewhere(jar).get();
        }
        admission.refuseWhileWatched(id);
        rooms.artifacts().keep(jar, actor);
        var known = books.wanted(id).orElse(null);
        try {
            return before != null && before.jar().sha256().equals(jar.sha256())
                    ? changeover.served(rollout, before, known)
                    : changeover.to(rollout, jar, before, known);
        } catch (Lost lost) {
            return elsewhere(jar).orElseThrow(() -> overtaken(lost));
        }
    }

    /// The rollout of the very jar that another member watches: nobody is to try it twice.
    private Optional<Rollout> elsewhere(VerifiedJar jar) {
        return admission
                .watchedElsewhere(jar.plugin().id())
                .filter(jar.sha256()::equals)
                .flatMap(_ -> books.wanted(jar.plugin().id()))
                .filter(row -> jar.sha256().equals(row.watched()))
                .map(row -> orphans.rollout(row, "", Rollout.HOST));
    }

    private static RolloutRefused overtaken(Lost lost) {
        return new RolloutRefused(
                Why.CONFLICT,
                Character.toUpperCase(String.valueOf(lost.getMessage()).charAt(0))
                        + String.valueOf(lost.getMessage()).substring(1)
                        + ": look at it (`tributary plugin status`), and try again if you still"
                        + " mean it.");
    }

    private boolean wanted(String plugin, VerifiedJar jar) {
        return books.wanted(plugin).filter(row -> row.sha256().equals(jar.sha256())).isPresent();
    }

    /// Lets the version before serve again: at once the one that stands by, else the one that
    /// served before the present one was settled.
    public Rollout rollback(String plugin, String actor)
            throws RolloutRefused, InterruptedException {
        refuseUnknown(plugin);
        var meant = underway.watched(plugin).filter(Ongoing::alone);
        // accounts that follow just now need not come all the way
        meant.ifPresent(each -> each.returns("taken back by " + actor));
        return turns.of(
                plugin,
                () -> {
                    var ongoing = underway.watched(plugin);
                    if (ongoing.isPresent()) {
                        return changeover.takeBack(ongoing.get(), "taken back by " + actor, actor);
                    }
                    var over = meant.flatMap(_ -> underway.latest(plugin));
                    if (over.filter(each -> each.state() == State.RETURNED).isPresent()) {
                        // who moved its accounts took it back
                        return over.get();
                    }
                    if (admission.watchedElsewhere(plugin).isPresent()) {
                        return takenBackElsewhere(plugin, actor);
                    }
                    return install(before(plugin), actor);
                });
    }

    /// The member that watches it notices, and puts the version before in its place.
    private Rollout takenBackElsewhere(String plugin, String actor)
            throws RolloutRefused, InterruptedException {
        var row = books.wanted(plugin).orElse(null);
        var why = "taken back by " + actor;
        if (row == null || row.watched() == null || !orphans.returned(row, why, actor)) {
            throw overtaken(new Lost(plugin));
        }
        return orphans.rollout(row, why, actor);
    }

    private VerifiedJar before(String plugin) throws RolloutRefused, InterruptedException {
        var sha256 = books.wanted(plugin).map(PluginRecords.Wanted::before).orElse(null);
        if (sha256 == null) {
            throw new RolloutRefused(
                    Why.UNKNOWN,
                    "No version of plugin "
                            + plugin
                            + " served before this one: install the one you want.");
        }
        try {
            return rooms.artifacts().load(sha256);
        } catch (Rejected rejected) {
            throw new RolloutRefused(
                    Why.UNFIT,
                    "The version before cannot serve any more: " + rejected.reason() + ".");
        }
    }

    /// Takes a plugin away that no account needs; also one of which no version could be loaded.
    public Rollout remove(String plugin, String actor) throws RolloutRefused, InterruptedException {
        refuseUnknown(plugin);
        return turns.of(
                plugin,
                () -> {
                    admission.refuseWhileWatched(plugin);
                    refuseUnknown(plugin);
                    var present = rooms.plugins().find(plugin).orElse(null);
                    refuseWhileNeeded(plugin, present);
                    var known = books.wanted(plugin).orElse(null);
                    // accounts that are added from now on find no channel
                    rooms.plugins().remove(plugin);
                    try {
                        refuseWhileNeeded(plugin, present);
                        return removed(plugin, present, known, actor);
                    } catch (Lost lost) {
                        if (present != null) {
                            changeover.restore(present);
                        }
                        throw overtaken(lost);
                    } catch (Throwable failure) {
                        if (present != null) {
                            changeover.restore(present);
                        }
                        throw failure;
                    }
                });
    }

    private void refuseWhileNeeded(String plugin, @Nullable LoadedPlugin present)
            throws RolloutRefused {
        var channels = channels(plugin, present);
        Set<AccountId> accounts = new LinkedHashSet<>(rooms.hosted().configured(channels));
        accounts.addAll(books.needing(channels));
        if (!accounts.isEmpty()) {
            throw new RolloutRefused(
                    Why.CONFLICT,
                    "Accounts need plugin "
                            + plugin
                            + ": "
                            + accounts.stream().map(AccountId::value).sorted().toList()
                            + ". Remove them first; their interactions stay.");
        }
    }

    private Rollout removed(
            String plugin,
            @Nullable LoadedPlugin present,
            PluginRecords.@Nullable Wanted known,
            String actor)
            throws Lost, InterruptedException {
        var now = rooms.clock().instant();
        var rollout = rollout(plugin, present, null, State.REMOVED, actor, now);
        books.removed(rollout, known, now);
        underway.gone(plugin);
        if (present != null) {
            changeover.retire(present);
        }
        return underway.ended(rollout);
    }

    private Set<ChannelId> channels(String plugin, @Nullable LoadedPlugin present) {
        if (present != null) {
            return Changeover.channels(present);
        }
        return books.wanted(plugin).map(PluginRecords.Wanted::sha256).stream()
                .flatMap(sha256 -> rooms.artifacts().channels(sha256).stream())
                .map(ChannelId::of)
                .collect(Collectors.toSet());
    }

    /// The rollout of the plugin that is under way, or else was the last since this member started.
    public Optional<Rollout> latest(String plugin) {
        return underway.latest(plugin);
    }

    /// How changes of its version ended, newest first.
    public List<PluginRecords.Rollout> history(String plugin) {
        return books.rollouts(plugin, HISTORY);
    }

    /// What each member that is there says of its plugins; empty: this one has the journal to
    /// itself.
    public List<PluginRecords.Observed> observed() {
        return rooms.company().shared() ? observations.ofLive() : List.of();
    }

    /// The members that are there, as far as is known; this one among them.
    public SortedSet<Long> members() {
        var members = new TreeSet<Long>();
        members.add(rooms.company().self());
        members.addAll(rooms.company().others().all());
        observed().forEach(each -> members.add(each.member()));
        return members;
    }

    /// What is wanted of the plugin, on every member.
    public Optional<PluginRecords.Wanted> wanted(String plugin) {
        return books.wanted(plugin);
    }

    /// Which member this is.
    public long member() {
        return rooms.company().self();
    }

    /// Settles what is watched where no objection was found so far, and the member is asked to
    /// leave. What is being moved is left as it is: the member starts with the version before.
    @Override
    public void close() {
        patrol.close();
        changeover.leave();
        try {
            for (var ongoing : underway.watched()) {
                settle(ongoing);
            }
            for (var plugin : turns.taken()) {
                var _ = turns.within(LEAVING_SECONDS, plugin, () -> {});
            }
            if (rooms.company().shared()) {
                observations.leave();
            }
        } catch (JournalUnavailable away) {
            LOG.warn("that this member leaves is not written down: {}", away.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(Ongoing ongoing) throws InterruptedException {
        var plugin = ongoing.rollout().plugin();
        boolean settled = false;
        try {
            settled = turns.within(LEAVING_SECONDS, plugin, () -> settleOrReturn(ongoing));
        } catch (JournalUnavailable unavailable) {
            LOG.warn("plugin {}: {}", plugin, unavailable.getMessage());
        }
        if (!settled) {
            LOG.warn("plugin {} is not settled: the member starts with the version before", plugin);
        }
    }

    private void settleOrReturn(Ongoing ongoing) throws InterruptedException {
        if (!underway.isWatched(ongoing)) {
            return;
        }
        var why = ongoing.returning();
        if (why.isPresent()) {
            changeover.returned(ongoing, why.get());
        } else if (ongoing.alone()) {
            changeover.putOff(ongoing);
        } else {
            changeover.settle(ongoing);
        }
    }

    private void look() throws InterruptedException {
        underway.look();
        changeover.write();
        for (var ongoing : underway.watched()) {
            var objection = ongoing.look(rooms.hosted());
            objection.ifPresent(ongoing::returns);
            boolean due = over(ongoing) || ongoing.spreads(rooms.clock().instant());
            if ((ongoing.returning().isPresent() || due) && ongoing.beginEnding()) {
                // its accounts may take long, and the others are to be looked at meanwhile
                Thread.ofVirtual()
                        .name("go on with " + ongoing.now().version())
                        .start(() -> goOn(ongoing));
            }
        }
    }

    private void goOn(Ongoing ongoing) {
        var plugin = ongoing.rollout().plugin();
        try {
            turns.of(
                    plugin,
                    () -> {
                        if (underway.isWatched(ongoing)) {
                            var why = ongoing.returning();
                            if (why.isPresent()) {
                                changeover.takeBack(ongoing, why.get(), Rollout.HOST);
                            } else if (ongoing.alone()) {
                                changeover.spread(ongoing);
                            } else {
                                changeover.settle(ongoing);
                            }
                        }
                        return ongoing;
                    });
        } catch (InterruptedException leaving) {
            putOff(ongoing);
            Thread.currentThread().interrupt();
        } catch (JournalUnavailable unavailable) {
            LOG.warn("plugin {} is settled later: {}", plugin, unavailable.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("plugin {} could not be settled, trying again", plugin, failure);
            if (ongoing.alone()) {
                ongoing.returns("its accounts could not be moved");
            }
        } finally {
            ongoing.endedOrFailed();
        }
    }

    /// The member was asked to leave while accounts followed the first one.
    private void putOff(Ongoing ongoing) {
        try {
            if (ongoing.alone() && underway.isWatched(ongoing)) {
                changeover.putOff(ongoing);
            }
        } catch (JournalUnavailable away) {
            LOG.warn("plugin {}: {}", ongoing.rollout().plugin(), away.getMessage());
        } catch (InterruptedException again) {
            LOG.warn("plugin {} is not put off", ongoing.rollout().plugin());
        }
    }

    private boolean over(Ongoing ongoing) {
        var until = ongoing.rollout().watchedUntil();
        return !ongoing.alone() && until != null && !rooms.clock().instant().isBefore(until);
    }

    private void refuseUnknown(String plugin) throws RolloutRefused {
        if (rooms.plugins().find(plugin).isEmpty() && books.wanted(plugin).isEmpty()) {
            throw new RolloutRefused(Why.UNKNOWN, "There is no plugin " + plugin + " here.");
        }
    }

    private static Rollout rollout(
            String plugin,
            @Nullable LoadedPlugin from,
            @Nullable VerifiedJar to,
            State state,
            String actor,
            Instant now) {
        PluginVersion version = to == null ? null : to.plugin();
        return new Rollout(
                plugin,
                from == null ? null : from.version(),
                version,
                to == null ? null : to.sha256(),
                state,
                "",
                0,
                null,
                null,
                actor,
                now,
                state.over() ? now : null);
    }
}
