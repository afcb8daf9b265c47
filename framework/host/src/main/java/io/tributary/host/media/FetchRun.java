package io.tributary.host.media;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.Errand;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.FetchJobs;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaRecords;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One try to fetch one medium.
final class FetchRun implements PutBacklog.Waiting {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);

    /// An account may be down for a while without using up the tries.
    private static final Duration ACCOUNT_WAIT = Duration.ofMinutes(1);

    /// Nor does it use them up that a medium cannot be put where all members have it.
    private static final Duration PLACE_WAIT = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofDays(3);

    private static final Reason NOT_STORED = Reason.of("not-stored", "it cannot be stored");

    private final Means means;
    private final FetchJobs.Fetch fetch;
    private final Errand errand;

    /// What is here, and cannot be put now where all members have it.
    private MediaFolder.@Nullable Kept unput;

    /// What is where all members have it, to be recorded: it is not put there a second time.
    private Change.@Nullable MediaKept unrecorded;

    /// What every try is made with.
    record Means(
            OpenAccounts accounts,
            Downloads downloads,
            MediaPlace place,
            MediaRecords records,
            MediaLimits limits,
            InstantSource clock,
            Outcomes outcomes) {}

    FetchRun(Means means, FetchJobs.Fetch fetch) {
        this.means = means;
        this.fetch = fetch;
        this.errand = Errand.of(Calls.Kind.LOCATE, fetch.interaction());
    }

    @Override
    public MediaId media() {
        return fetch.media();
    }

    /// @return false: it came, and cannot be put now; see [#putAgain()] and [#giveBack()]
    boolean run() throws InterruptedException {
        if (!cameBefore()) {
            find();
        }
        return unput == null;
    }

    @Override
    public boolean putAgain() {
        put(Objects.requireNonNull(unput));
        return unput == null;
    }

    /// Leaves it for later to whoever takes it then.
    void giveBack() {
        means.outcomes().later(fetch, fetch.attempt(), PLACE_WAIT);
    }

    /// What came and could not be put anywhere is not asked for again: the provider may not have it
    /// any more.
    private boolean cameBefore() {
        try {
            String declared =
                    means.records().byId(fetch.media()).map(MediaRecords.Media::type).orElse(null);
            Optional<MediaFolder.Kept> kept = means.place().keptBefore(fetch.media(), declared);
            kept.ifPresent(this::put);
            return kept.isPresent();
        } catch (IOException damaged) {
            return false;
        }
    }

    private void find() throws InterruptedException {
        switch (means.accounts().find(fetch.account())) {
            case OpenAccounts.Found.Open open -> fetch(open.account());
            case OpenAccounts.Found.Down _ -> waitForAccount();
            case OpenAccounts.Found.Unknown _ ->
                    means.outcomes().lost(fetch, Reason.of("account-gone", "the account is gone"));
        }
    }

    private void fetch(OpenAccount account) throws InterruptedException {
        Optional<FetchesMedia> ability = account.ability(FetchesMedia.class);
        if (ability.isEmpty()) {
            means.outcomes()
                    .lost(
                            fetch,
                            Reason.of("cannot-fetch", "the channel fetches no media any more"));
            return;
        }
        try {
            switch (locate(account, ability.get())) {
                case Located.At at ->
                        errand.on(() -> {
                            download(at.location());
                            return at;
                        });
                case Located.Not not -> failed(not.reason(), not.retryAfter(), not.ever());
            }
        } catch (PluginFailure failure) {
            if (failure.why() == PluginFailure.Cause.CLOSED) {
                waitForAccount();
            } else {
                failed(Reason.of("locate-failed", "the plugin could not locate it"), null, true);
            }
        }
    }

    /// Trouble is answered, not thrown: what is thrown crosses the border as text.
    private sealed interface Located {
        record At(FetchesMedia.Location location) implements Located {}

        record Not(Reason reason, @Nullable Duration retryAfter, boolean ever) implements Located {}
    }

    private Located locate(OpenAccount account, FetchesMedia plugin)
            throws PluginFailure, InterruptedException {
        return account.calls()
                .call(
                        Calls.Kind.LOCATE,
                        fetch.account(),
                        () -> {
                            try {
                                return new Located.At(
                                        errand.on(() -> plugin.locate(fetch.fetch())));
                            } catch (Trouble trouble) {
                                return new Located.Not(
                                        trouble.reason(),
                                        trouble.retryAfter(),
                                        trouble.retryAfter() != null);
                            } catch (IOException unreachable) {
                                return new Located.Not(
                                        Reason.of("unreachable", "the provider cannot be reached"),
                                        null,
                                        true);
                            }
                        });
    }

    private void download(FetchesMedia.Location from) throws InterruptedException {
        long limit = means.limits().fetched();
        try (Downloads.Answer answer =
                means.downloads()
                        .open(fetch.account(), from, limit + 1, means.limits().download())) {
            if (answer.status() == 200) {
                put(means.place().keep(fetch.media(), answer.body(), answer.type(), limit));
            } else {
                refused(answer.status());
            }
        } catch (TooLong tooLong) {
            means.outcomes()
                    .lost(fetch, Reason.of("too-large", "it has more than " + limit + " bytes"));
        } catch (IOException broken) {
            failed(Reason.of("unreachable", "the download failed"), null, true);
        }
    }

    /// Where every member has it, and then on record. That it is refused there, or cannot be read
    /// here, uses up a try.
    private void put(MediaFolder.Kept kept) {
        unput = null;
        try {
            means.outcomes().kept(fetch, kept, shared(kept));
        } catch (JournalUnavailable away) {
            unput = kept;
        } catch (CompletionException unwritten) {
            if (!(unwritten.getCause() instanceof JournalUnavailable)) {
                throw unwritten;
            }
            unput = kept;
        } catch (IOException unfit) {
            failed(NOT_STORED, null, true);
        }
    }

    /// In a bucket the object of a medium that is pending stays; bytes beside the log may be
    /// cleared away meanwhile, and are put again.
    private Change.MediaKept shared(MediaFolder.Kept kept) throws IOException {
        Change.MediaKept state = unrecorded;
        if (state == null) {
            state = means.place().share(fetch.media(), kept);
            unrecorded = state.elsewhere() ? state : null;
        }
        return state;
    }

    private void refused(int status) {
        boolean gone = status == 410 || status == 451;
        failed(Reason.of("http-" + status, "the provider answered " + status), null, !gone);
    }

    /// @param ever whether it may work another time
    private void failed(Reason reason, @Nullable Duration retryAfter, boolean ever) {
        int attempt = fetch.attempt() + 1;
        if (!ever || attempt >= means.limits().tries()) {
            means.outcomes().lost(fetch, reason);
        } else {
            Duration wait = backOff(attempt);
            if (retryAfter != null && retryAfter.compareTo(wait) > 0) {
                wait = retryAfter;
            }
            means.outcomes().later(fetch, attempt, wait);
        }
    }

    /// Doubles up to a bound; between half of it and all of it, so that many do not come back at
    /// once.
    private static Duration backOff(int attempt) {
        long full =
                Math.min(
                        FIRST_WAIT.toMillis() << Math.min(2 * (attempt - 1), 20),
                        LONGEST_WAIT.toMillis());
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    private void waitForAccount() {
        if (fetch.createdAt().isBefore(means.clock().instant().minus(PATIENCE))) {
            means.outcomes()
                    .lost(fetch, Reason.of("account-down", "the account was down for three days"));
        } else {
            means.outcomes().later(fetch, fetch.attempt(), ACCOUNT_WAIT);
        }
    }
}
