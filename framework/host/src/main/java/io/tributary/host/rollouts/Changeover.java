package io.tributary.host.rollouts;

import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.Refused;
import io.tributary.host.rollouts.Rollout.State;
import io.tributary.host.rollouts.RolloutRefused.Why;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts one version of a plugin in the place of another, and back. For one change of each plugin at
/// a time; blocks.
final class Changeover {

    private static final Logger LOG = LoggerFactory.getLogger(Changeover.class);

    private final Rollouts.Rooms rooms;
    private final RolloutPace pace;
    private final Books books;
    private final Underway underway;
    private final Admission admission;
    private final Retirement retirement;
    private final Examination examination;
    private volatile boolean leaving;

    Changeover(
            Rollouts.Rooms rooms,
            RolloutPace pace,
            Books books,
            Underway underway,
            Admission admission,
            Retirement retirement,
            Examination examination) {
        this.rooms = rooms;
        this.pace = pace;
        this.books = books;
        this.underway = underway;
        this.admission = admission;
        this.retirement = retirement;
        this.examination = examination;
    }

    /// Lets a version serve, if nothing speaks against it.
    ///
    /// @param before the one that serves; null: none does
    /// @param known the row that says what is wanted; null: there is none
    /// @throws Lost another member changes the plugin as well, and was first
    Rollout to(
            Rollout trying, VerifiedJar jar, @Nullable LoadedPlugin before, @Nullable Wanted known)
            throws RolloutRefused, Lost, InterruptedException {
        LoadedPlugin loaded;
        try {
            loaded = rooms.loader().load(jar);
        } catch (Refused refused) {
            throw refused(trying, refused.reason());
        }
        Optional<String> objection;
        try {
            objection = examination.objection(loaded, before);
            if (objection.isEmpty()) {
                objection = swap(trying, loaded, before, known);
            }
        } catch (Throwable failure) {
            loaded.close();
            throw failure;
        }
        if (objection.isPresent()) {
            loaded.close();
            throw refused(trying, objection.get());
        }
        return before == null
                ? moveNew(trying.moving(), loaded, known)
                : moveOver(trying.moving(), loaded, before);
    }

    /// From here on the version serves; that it is not settled is written before.
    private Optional<String> swap(
            Rollout trying,
            LoadedPlugin loaded,
            @Nullable LoadedPlugin before,
            @Nullable Wanted known)
            throws Lost, InterruptedException {
        if (before != null) {
            books.watch(
                    trying.plugin(),
                    known,
                    loaded.jar().sha256(),
                    rows -> admission.usurps(loaded, rows));
        }
        return rooms.plugins().serve(loaded);
    }

    /// Written down before accounts move: nothing stands by to which they could return.
    private Rollout moveNew(Rollout moving, LoadedPlugin loaded, @Nullable Wanted known)
            throws Lost, InterruptedException {
        Rollout rollout;
        try {
            rollout = served(moving, loaded, known);
        } catch (Throwable failure) {
            rooms.plugins().remove(moving.plugin());
            retirement.of(loaded);
            throw failure;
        }
        underway.course(loaded);
        for (var account : rooms.hosted().of(channels(loaded))) {
            reopen(account);
            rollout = underway.ended(rollout.movedOne());
        }
        return rollout;
    }

    private Rollout moveOver(Rollout moving, LoadedPlugin loaded, LoadedPlugin before)
            throws RolloutRefused, Lost, InterruptedException {
        var well = well(channels(before));
        var ongoing = new Ongoing(moving, underway.course(before), loaded, well);
        try {
            var accounts = rooms.hosted().of(channels(loaded));
            var canary = canary(accounts, well);
            var stays = moved(ongoing, canary.map(List::of).orElse(accounts));
            if (stays.isPresent()) {
                takeBack(ongoing, stays.get(), Rollout.HOST);
                throw new RolloutRefused(Why.UNFIT, sentence(stays.get()));
            }
            var rollout = ongoing.rollout();
            underway.course(loaded);
            if (pace.watch().isZero()) {
                // nobody is to wait before the next one: a plugin is being written
                var over = settled(rollout, loaded.jar());
                retirement.of(before);
                return over;
            }
            if (canary.isPresent()) {
                alone(ongoing, canary.get());
            } else {
                watched(ongoing);
            }
            underway.watch(ongoing);
            return ongoing.rollout();
        } catch (RolloutRefused takenBack) {
            throw takenBack;
        } catch (Lost lost) {
            giveWay(ongoing, String.valueOf(lost.getMessage()));
            throw lost;
        } catch (Throwable failure) {
            if (leaving) {
                // nothing was found against it: the next start may try it again
                books.unwatch(moving.plugin(), loaded.jar().sha256());
            } else {
                takeBack(ongoing, "its accounts could not be moved", Rollout.HOST);
            }
            throw failure;
        }
    }

    /// The account that is to have the version to itself for a while; empty: all follow at once.
    private Optional<AccountId> canary(List<AccountId> accounts, Set<AccountId> well) {
        return accounts.size() < 2 || pace.alone().isZero() || pace.watch().isZero()
                ? Optional.empty()
                : accounts.stream().filter(well::contains).findFirst();
    }

    /// Moves accounts to the version that is watched, or about to be.
    ///
    /// @return why it is to be taken back; empty: all were moved
    private Optional<String> moved(Ongoing ongoing, List<AccountId> accounts)
            throws InterruptedException {
        for (var account : accounts) {
            if (leaving) {
                throw new InterruptedException("the member was asked to leave");
            }
            if (ongoing.returning().isPresent()) {
                return ongoing.returning();
            }
            var stays = rooms.hosted().move(account);
            if (stays.isPresent()) {
                return Optional.of("account " + account + " could not be moved: " + stays.get());
            }
            ongoing.rollout(ongoing.rollout().movedOne());
        }
        return Optional.empty();
    }

    /// Nothing was found against the version on the account that had it to itself: the others
    /// follow, and it is watched with all of them. Where that account is gone, another one has it
    /// to itself.
    ///
    /// @throws JournalUnavailable to be tried again: those that were moved stay where they are
    void spread(Ongoing ongoing) throws InterruptedException {
        var accounts = rooms.hosted().of(channels(ongoing.now()));
        var others = new ArrayList<>(accounts);
        others.removeAll(rooms.hosted().livingOn(ongoing.now()));
        boolean gone = !accounts.contains(ongoing.rollout().canary());
        var next = gone ? canary(others, ongoing.well()) : Optional.<AccountId>empty();
        var why = moved(ongoing, next.map(List::of).orElse(others));
        if (why.isPresent()) {
            takeBack(ongoing, why.get(), Rollout.HOST);
        } else if (next.isPresent()) {
            alone(ongoing, next.get());
        } else {
            watched(ongoing);
        }
    }

    private void alone(Ongoing ongoing, AccountId canary) {
        var until = rooms.clock().instant().plus(pace.alone());
        ongoing.alone(canary, until, pace.watch());
        LOG.info(
                "plugin {} serves account {}, the others follow at {}",
                ongoing.now().version(),
                canary,
                until);
    }

    private void watched(Ongoing ongoing) {
        var watching = ongoing.rollout().watching(rooms.clock().instant().plus(pace.watch()), null);
        ongoing.rollout(watching);
        LOG.info(
                "plugin {} {} serves {} accounts; {} stands by until {}",
                watching.plugin(),
                ongoing.now().version().version(),
                watching.moved(),
                ongoing.before().version().version(),
                watching.watchedUntil());
    }

    /// The member was asked to leave while not all accounts had the version: it goes on without it.
    /// A jar that lies in the folder is tried again at the next start; of one that somebody sent
    /// only its history tells.
    void putOff(Ongoing ongoing) throws InterruptedException {
        var rollout = ongoing.rollout();
        books.unwatch(rollout.plugin(), ongoing.now().jar().sha256());
        if (!rollout.actor().equals(Beginning.FOLDER)) {
            var why = "the member was stopped before all accounts had it; add it again";
            failed(rollout.takenBack(why, Rollout.HOST, rooms.clock().instant()));
        }
    }

    /// The accounts that serve: what was down before says nothing about a version.
    private Set<AccountId> well(Set<ChannelId> channels) {
        return rooms.hosted().of(channels).stream()
                .filter(each -> rooms.hosted().unwell(each).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Writes down that the version serves and is wanted from now on, although none was watched.
    ///
    /// @param known the row that said what was wanted; null: there was none
    Rollout served(Rollout rollout, LoadedPlugin loaded, @Nullable Wanted known)
            throws Lost, InterruptedException {
        var now = rooms.clock().instant();
        var over = rollout.over(State.SERVING, "", now);
        books.serves(over, known, loaded.jar(), now, rows -> admission.usurps(loaded, rows));
        return serves(over);
    }

    private Rollout settled(Rollout rollout, VerifiedJar jar) throws Lost, InterruptedException {
        var now = rooms.clock().instant();
        var over = rollout.over(State.SERVING, "", now);
        books.settled(over, jar, now);
        return serves(over);
    }

    private Rollout serves(Rollout over) {
        LOG.info("plugin {} serves", over.to());
        return underway.ended(over);
    }

    /// Nothing was found against the version that is watched.
    @SuppressWarnings("ReferenceEquality") // the very one that is watched, or another that serves
    void settle(Ongoing ongoing) throws InterruptedException {
        var now = ongoing.now();
        if (rooms.plugins().find(now.version().id()).orElse(null) == now) {
            try {
                settled(ongoing.rollout(), now.jar());
            } catch (Lost lost) {
                giveWay(ongoing, String.valueOf(lost.getMessage()));
                return;
            }
            underway.watchNoMore(ongoing);
            retirement.of(ongoing.before());
        }
    }

    /// Another member ended the watch, since this one did not answer for too long or somebody asked
    /// it to: the version before takes its place again, and nothing is written.
    Rollout giveWay(Ongoing ongoing, String why) throws InterruptedException {
        var over = putBack(ongoing, why, Rollout.HOST);
        retirement.of(ongoing.now());
        return over;
    }

    /// Another member settled the very version that is watched here.
    void settledElsewhere(Ongoing ongoing) {
        var over = ongoing.rollout().over(State.SERVING, "", rooms.clock().instant());
        underway.watchNoMore(ongoing);
        underway.ended(over);
        retirement.of(ongoing.before());
    }

    /// The version before takes its place again, whatever else fails.
    Rollout takeBack(Ongoing ongoing, String why, String actor) throws InterruptedException {
        var over = putBack(ongoing, why, actor);
        retirement.of(ongoing.now());
        failed(over);
        return over;
    }

    private Rollout putBack(Ongoing ongoing, String why, String actor) throws InterruptedException {
        var now = ongoing.now();
        var before = ongoing.before();
        ongoing.returns(why);
        LOG.warn("plugin {} is taken back: {}", now.version(), why);
        rooms.plugins()
                .serve(before)
                .ifPresent(rival ->
                        LOG.error("plugin {} cannot serve again: {}", before.version(), rival));
        underway.course(before);
        var accounts = new ArrayList<>(rooms.hosted().of(channels(before)));
        // those that it never touched are to notice nothing of it
        accounts.removeAll(rooms.hosted().livingOn(before));
        for (var account : accounts) {
            if (!leaving) {
                reopen(account);
            }
        }
        var over = ongoing.rollout().takenBack(why, actor, rooms.clock().instant());
        underway.watchNoMore(ongoing);
        return underway.ended(over);
    }

    /// Has the account served by the version that serves now, whatever else fails.
    private void reopen(AccountId account) throws InterruptedException {
        reopen(rooms.hosted(), account);
    }

    static void reopen(Hosted hosted, AccountId account) throws InterruptedException {
        try {
            hosted.move(account)
                    .ifPresent(stays -> LOG.error("account {} stays as it is: {}", account, stays));
        } catch (RuntimeException failure) {
            LOG.error("account {} could not be opened anew", account, failure);
        }
    }

    /// The plugin is no longer to serve.
    void retire(LoadedPlugin plugin) {
        retirement.of(plugin);
    }

    /// The plugin serves again after all: whoever looked for its channels meanwhile found none.
    void restore(LoadedPlugin plugin) throws InterruptedException {
        rooms.plugins()
                .serve(plugin)
                .ifPresent(rival ->
                        LOG.error("plugin {} cannot serve again: {}", plugin.version(), rival));
        for (var account : rooms.hosted().of(channels(plugin))) {
            if (rooms.hosted().unwell(account).isPresent()) {
                reopen(account);
            }
        }
    }

    /// The member was asked to leave: no account is opened any more.
    void leave() {
        leaving = true;
    }

    /// Tries again to write down what could not be written.
    void write() throws InterruptedException {
        for (var over : underway.unwritten()) {
            failed(over);
        }
    }

    /// Writes down what became of a version that was being taken back as the member was asked to
    /// leave.
    void returned(Ongoing ongoing, String why) throws InterruptedException {
        failed(ongoing.rollout().takenBack(why, Rollout.HOST, rooms.clock().instant()));
    }

    private void failed(Rollout over) throws InterruptedException {
        try {
            books.failed(over, rooms.clock().instant());
            underway.written(over);
        } catch (JournalUnavailable unavailable) {
            LOG.warn("that {} was taken back is not written down yet", over.to());
            underway.unwritten(over);
        }
    }

    private RolloutRefused refused(Rollout rollout, String why) throws InterruptedException {
        var now = rooms.clock().instant();
        var over = underway.ended(rollout.over(State.REFUSED, why, now));
        books.failed(over, now);
        LOG.warn("plugin {} was refused: {}", rollout.to(), why);
        return new RolloutRefused(
                Why.UNFIT, "Plugin " + rollout.to() + " cannot serve here: " + why + ".");
    }

    private static String sentence(String why) {
        return Character.toUpperCase(why.charAt(0)) + why.substring(1);
    }

    static Set<ChannelId> channels(LoadedPlugin plugin) {
        Set<ChannelId> channels = new LinkedHashSet<>();
        for (LoadedChannel each : plugin.channels()) {
            channels.add(each.descriptor().id());
        }
        return channels;
    }
}
