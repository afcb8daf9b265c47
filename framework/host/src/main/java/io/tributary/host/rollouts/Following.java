package io.tributary.host.rollouts;

import io.tributary.host.artifacts.VerifiedJar;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.Refused;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Comes to versions that another member tried and settled. Nothing is written, and none stands by:
/// that was the other's task. For one change of each plugin at a time; blocks.
final class Following {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final Rollouts.Rooms rooms;
    private final Underway underway;
    private final Examination examination;
    private final Retirement retirement;

    Following(
            Rollouts.Rooms rooms,
            Underway underway,
            Examination examination,
            Retirement retirement) {
        this.rooms = rooms;
        this.underway = underway;
        this.examination = examination;
        this.retirement = retirement;
    }

    /// Loads the version, has the accounts tried on it, and moves them.
    ///
    /// @param before the one that serves; null: none does
    /// @return why it cannot serve here, and what did serves on; empty: it serves
    Optional<String> to(VerifiedJar jar, @Nullable LoadedPlugin before)
            throws InterruptedException {
        LoadedPlugin loaded;
        try {
            loaded = rooms.loader().load(jar);
        } catch (Refused refused) {
            return Optional.of(refused.reason());
        }
        Optional<String> why;
        try {
            why = examination.objection(loaded, before);
            if (why.isEmpty()) {
                why = rooms.plugins().serve(loaded);
            }
        } catch (Throwable failure) {
            loaded.close();
            throw failure;
        }
        if (why.isPresent()) {
            loaded.close();
            return why;
        }
        underway.course(loaded);
        return before == null ? first(loaded) : moved(loaded, before);
    }

    /// The plugin is wanted no more.
    void away(LoadedPlugin present) {
        var id = present.version().id();
        LOG.info("plugin {} was removed by another member", present.version());
        rooms.plugins().remove(id);
        underway.gone(id);
        retirement.of(present);
    }

    private Optional<String> first(LoadedPlugin loaded) throws InterruptedException {
        LOG.info("plugin {} serves here as well", loaded.version());
        for (var account : rooms.hosted().of(Changeover.channels(loaded))) {
            Changeover.reopen(rooms.hosted(), account);
        }
        return Optional.empty();
    }

    private Optional<String> moved(LoadedPlugin loaded, LoadedPlugin before)
            throws InterruptedException {
        try {
            for (var account : rooms.hosted().of(Changeover.channels(loaded))) {
                var stays = rooms.hosted().move(account);
                if (stays.isPresent()) {
                    back(before, loaded);
                    return Optional.of(
                            "account " + account + " could not be moved: " + stays.get());
                }
            }
        } catch (RuntimeException | Error failure) {
            back(before, loaded);
            throw failure;
        }
        LOG.info("plugin {} serves here as well", loaded.version());
        retirement.of(before);
        return Optional.empty();
    }

    private void back(LoadedPlugin before, LoadedPlugin instead) throws InterruptedException {
        rooms.plugins()
                .serve(before)
                .ifPresent(rival ->
                        LOG.error("plugin {} cannot serve again: {}", before.version(), rival));
        underway.course(before);
        for (var account : rooms.hosted().of(Changeover.channels(before))) {
            Changeover.reopen(rooms.hosted(), account);
        }
        retirement.of(instead);
    }
}
