package io.tributary.host;

import io.tributary.host.accounts.AccountView;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.plugins.LoaderWatch;
import io.tributary.host.plugins.Plugins;
import io.tributary.spi.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether the member can serve: what `/health/ready` says.
///
/// A member whose log cannot be written is not ready. An account that is down is told and does not
/// make the member unready: the others serve.
final class Readiness implements io.tributary.host.http.Readiness {

    private final Journal journal;
    private final Accounts accounts;
    private final Plugins plugins;
    private final Trust trust;
    private final Watchdog watchdog;
    private final LoaderWatch loaders;
    private volatile State state = State.STARTING;
    private volatile @Nullable BooleanSupplier lease;
    private volatile Supplier<String> grid = () -> "";

    private enum State {
        STARTING,
        SERVING,
        LEAVING
    }

    Readiness(
            Journal journal,
            Accounts accounts,
            Plugins plugins,
            Trust trust,
            Watchdog watchdog,
            LoaderWatch loaders) {
        this.journal = journal;
        this.accounts = accounts;
        this.plugins = plugins;
        this.trust = trust;
        this.watchdog = watchdog;
        this.loaders = loaders;
    }

    /// Whether the others count on this member.
    void lease(BooleanSupplier firm) {
        lease = firm;
    }

    /// What is wrong with the grid of members; the member serves without it.
    void grid(Supplier<String> trouble) {
        grid = trouble;
    }

    void serving() {
        state = State.SERVING;
    }

    void leaving() {
        state = State.LEAVING;
    }

    @Override
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(
                new Check(
                        "member",
                        state == State.SERVING,
                        switch (state) {
                            case STARTING -> "starting";
                            case SERVING -> "";
                            case LEAVING -> "stopping";
                        }));
        Journal.Health log = journal.health();
        checks.add(new Check("log", log.writable(), log.text()));
        var firm = lease;
        if (firm != null) {
            checks.add(lease(firm.getAsBoolean()));
        }
        String troubleOfGrid = grid.get();
        if (!troubleOfGrid.isEmpty()) {
            checks.add(new Check("grid", true, troubleOfGrid));
        }
        String skew = journal.skewText();
        if (!skew.isEmpty()) {
            checks.add(new Check("clock", true, skew));
        }
        checks.add(new Check("plugins", true, plugins()));
        checks.add(new Check("accounts", true, unwell()));
        checks.add(new Check("dead-letters", true, deadLetters(log)));
        return checks;
    }

    /// A database that is away is not asked: why nothing is written is what is wanted then, at
    /// once.
    private String deadLetters(Journal.Health log) {
        if (!log.writable()) {
            return "not counted while the log takes no writes";
        }
        try {
            long dead = journal.deadLetters().open();
            return dead == 0 ? "" : dead + " open: see /admin/v1/dead-letters";
        } catch (JournalUnavailable away) {
            return "not counted: the log cannot be read now";
        }
    }

    private static Check lease(boolean firm) {
        return new Check(
                "lease",
                firm,
                firm
                        ? ""
                        : "the database has not heard this member in time: others take up what it ran");
    }

    private String plugins() {
        List<String> notes = new ArrayList<>();
        if (trust.allowUnsigned()) {
            notes.add(
                    "unsigned plugins are allowed (plugins.allow-unsigned): for development only");
        }
        if (!plugins.refusals().isEmpty()) {
            int many = plugins.refusals().size();
            notes.add(
                    (many == 1 ? "1 jar was refused" : many + " jars were refused")
                            + ": see /admin/v1/plugins");
        }
        List<String> quarantined =
                plugins.loaded().stream()
                        .filter(each -> each.quarantine().active())
                        .map(each -> each.version().toString())
                        .toList();
        if (!quarantined.isEmpty()) {
            notes.add("quarantined: " + String.join(", ", quarantined));
        }
        watchdog.restartAdvised().ifPresent(why -> notes.add("restart advised: " + why));
        loaders.restartAdvised().ifPresent(why -> notes.add("restart advised: " + why));
        return String.join("; ", notes);
    }

    /// Ids only: what is wrong with each is for operators with a token.
    private String unwell() {
        List<String> down =
                accounts.views().stream()
                        .filter(AccountView::enabled)
                        .filter(each ->
                                each.health().state() == Health.State.DOWN
                                        || each.health().state() == Health.State.STOPPED)
                        .map(each -> each.id().value())
                        .toList();
        return down.isEmpty() ? "" : "down: " + String.join(", ", down);
    }
}
