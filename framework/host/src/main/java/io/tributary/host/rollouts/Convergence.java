package io.tributary.host.rollouts;

import io.tributary.host.artifacts.Rejected;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.rollouts.Observations.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings this member's plugins to what is wanted, where other members change that as well.
///
/// The member that takes a version up tries and watches it; the others stay on the version before
/// until that is settled, and come then: to a settled version, to none where the plugin was
/// removed. Of a watch that somebody else ended, or whose member is gone, the version before is
/// what is left. Each look compares; what differs is changed beside, in the plugin's turn, in which
/// the row is read again.
final class Convergence {

    private static final Logger LOG = LoggerFactory.getLogger(Convergence.class);

    /// Looks between two at what members said that are gone.
    private static final int TIDY = 100;

    private final Rollouts.Rooms rooms;
    private final Books books;
    private final Underway underway;
    private final Turns turns;
    private final Changeover changeover;
    private final Following following;
    private final Orphans orphans;
    private final Observations observations;
    private final Attempts attempts = new Attempts();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private int looks;

    Convergence(
            Rollouts.Rooms rooms,
            Books books,
            Underway underway,
            Turns turns,
            Changeover changeover,
            Following following,
            Orphans orphans,
            Observations observations) {
        this.rooms = rooms;
        this.books = books;
        this.underway = underway;
        this.turns = turns;
        this.changeover = changeover;
        this.following = following;
        this.orphans = orphans;
        this.observations = observations;
    }

    /// Looks once: one small reading, and what follows from it happens beside.
    synchronized void look() throws InterruptedException {
        if (looks++ % TIDY == 0) {
            observations.tidy();
        }
        Map<String, @Nullable Wanted> rows = new HashMap<>();
        rooms.plugins().loaded().forEach(each -> rows.put(each.version().id(), null));
        observations.plugins().forEach(each -> rows.put(each, null));
        books.wanted().forEach(row -> rows.put(row.plugin(), row));
        for (var each : rows.entrySet()) {
            var plugin = each.getKey();
            var row = each.getValue();
            if (differs(plugin, row) && busy.add(plugin)) {
                Thread.ofVirtual().name("converge " + plugin).start(() -> converge(plugin));
            }
            observe(plugin, row);
        }
    }

    private boolean differs(String plugin, @Nullable Wanted row) {
        var ongoing = underway.watched(plugin);
        if (ongoing.isPresent()) {
            return !mine(ongoing.get(), row);
        }
        if (row == null) {
            return rooms.plugins().find(plugin).isPresent();
        }
        return orphans.is(row) || (!serves(plugin, row) && !attempts.early(plugin, row.sha256()));
    }

    private void converge(String plugin) {
        try {
            turns.of(
                    plugin,
                    () -> {
                        come(plugin);
                        observe(plugin, books.wanted(plugin).orElse(null));
                        return plugin;
                    });
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        } catch (JournalUnavailable away) {
            LOG.warn("plugin {} is followed later: {}", plugin, away.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("plugin {} could not be followed, trying again", plugin, failure);
        } finally {
            busy.remove(plugin);
        }
    }

    private void come(String plugin) throws InterruptedException {
        @Nullable Wanted row = books.wanted(plugin).orElse(null);
        var ongoing = underway.watched(plugin);
        if (ongoing.isPresent()) {
            if (!mine(ongoing.get(), row)) {
                end(ongoing.get(), row);
            }
            return;
        }
        if (row != null && orphans.is(row)) {
            orphans.giveBack(row);
        }
        @Nullable LoadedPlugin present = rooms.plugins().find(plugin).orElse(null);
        if (row == null) {
            if (present != null) {
                following.away(present);
            }
        } else if (!serves(plugin, row)) {
            change(row, present);
        }
    }

    private void end(Ongoing ongoing, @Nullable Wanted row) throws InterruptedException {
        boolean settled =
                row != null
                        && row.watched() == null
                        && row.sha256().equals(ongoing.now().jar().sha256());
        if (settled) {
            changeover.settledElsewhere(ongoing);
        } else {
            var _ = changeover.giveWay(ongoing, "it was taken back by another member");
        }
    }

    private void change(Wanted row, @Nullable LoadedPlugin present) throws InterruptedException {
        String why;
        try {
            var jar = rooms.artifacts().load(row.sha256());
            why = following.to(jar, present).orElse("");
        } catch (Rejected rejected) {
            why = rejected.reason();
        }
        if (why.isEmpty()) {
            return;
        }
        attempts.failed(row.plugin(), row.sha256(), why);
        LOG.warn("plugin {} {} cannot serve here: {}", row.plugin(), row.version(), why);
        rooms.plugins()
                .missing(
                        row.plugin(),
                        "version "
                                + row.version()
                                + " is wanted and cannot serve on this member: "
                                + why
                                + (present == null
                                        ? "; its accounts are down"
                                        : "; version "
                                                + present.version().version()
                                                + " serves on"));
    }

    private void observe(String plugin, @Nullable Wanted row) throws InterruptedException {
        @Nullable LoadedPlugin present = rooms.plugins().find(plugin).orElse(null);
        if (underway.watched(plugin).isPresent()) {
            observations.say(plugin, present, State.WATCHING, "");
        } else if (row == null) {
            if (present == null) {
                observations.gone(plugin);
            }
        } else if (serves(plugin, row)) {
            if (attempts.succeeded(plugin)) {
                // also where something else is wanted by now, and serves already
                rooms.plugins().found(plugin);
            }
            observations.say(plugin, present, State.SERVING, "");
        } else {
            var why = attempts.reason(plugin, row.sha256());
            observations.say(
                    plugin,
                    present,
                    why.isPresent() ? State.BEHIND : State.CONVERGING,
                    why.orElse(""));
        }
    }

    private boolean serves(String plugin, Wanted row) {
        return rooms.plugins()
                .find(plugin)
                .filter(present -> present.jar().sha256().equals(row.sha256()))
                .isPresent();
    }

    /// Whether the row says that this member watches what it does watch.
    private boolean mine(Ongoing ongoing, @Nullable Wanted row) {
        return row != null
                && row.watchedBy() == rooms.company().self()
                && Objects.equals(row.watched(), ongoing.now().jar().sha256());
    }
}
