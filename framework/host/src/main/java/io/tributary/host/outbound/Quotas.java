package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.PluginState;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Reason;
import io.tributary.spi.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps accounts within the quotas that an operator set. What was taken is counted beside the
/// account's state, in the commit that takes it: exactly, over all members. Blocking, thread safe.
final class Quotas {

    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);

    private static final String KEY = State.RESERVED + "quota";

    private final Journal journal;
    private final InstantSource clock;
    private final Map<AccountId, Quota> quotas;
    private final Map<AccountId, ReentrantLock> turns = new ConcurrentHashMap<>();

    Quotas(Journal journal, InstantSource clock, Map<AccountId, Quota> quotas) {
        this.journal = journal;
        this.clock = clock;
        this.quotas = Map.copyOf(quotas);
    }

    /// What has to be written with the sends, and what it rests on.
    record Booking(List<Expect> expects, List<Change> changes) {}

    /// Takes turns on an account with a quota: who decides beside others would decide in vain.
    ///
    /// @return null: there is nothing to wait for
    @Nullable ReentrantLock turn(AccountId account) {
        return quotas.containsKey(account)
                ? turns.computeIfAbsent(account, _ -> new ReentrantLock())
                : null;
    }

    boolean isNone() {
        return quotas.isEmpty();
    }

    /// @param changes that are to be written, among them the sends
    /// @throws Refusal more than the quota leaves
    Booking book(AccountId account, List<Change> changes) throws Refusal {
        var quota = quotas.get(account);
        if (quota == null) {
            return new Booking(List.of(), List.of());
        }
        int sends = (int) changes.stream().filter(Change.Enqueue.class::isInstance).count();
        var now = clock.instant();
        var kept = journal.pluginState().read(account, KEY);
        var used =
                kept.map(PluginState.Entry::value)
                        .map(value -> usage(account, value))
                        .orElseGet(Usage::none)
                        .at(now, quota);
        if (used.sum() + sends > quota.sends()) {
            throw new Refusal(refused(used, sends, quota));
        }
        return new Booking(
                List.of(
                        new Expect.StateVersion(
                                account, KEY, kept.map(PluginState.Entry::version).orElse(0L))),
                List.of(
                        new Change.PutState(
                                account,
                                KEY,
                                used.and(sends, now, quota).bytes(),
                                quota.per().multipliedBy(2).plus(Duration.ofSeconds(1)))));
    }

    /// An operator would rather have a quota begin anew than no reply go any more.
    private static Usage usage(AccountId account, Bytes kept) {
        try {
            return Usage.of(kept);
        } catch (NumberFormatException unreadable) {
            LOG.warn("what account '{}' sent cannot be read: its quota begins anew", account);
            return Usage.none();
        }
    }

    private static Posted.Refused refused(Usage used, int sends, Quota quota) {
        if (sends > quota.sends()) {
            return Posted.Refused.CannotSend.because(
                    "quota",
                    "these are %d sends, and the account's quota is %d in %s"
                            .formatted(sends, quota.sends(), quota.per()));
        }
        var opensAt = used.opensAt(sends, quota);
        return new Posted.Refused.CannotSend(
                List.of(
                        new Posted.Problem(
                                0,
                                Reason.of(
                                        "quota",
                                        "the account's quota of %d sends in %s is used up until %s"
                                                .formatted(quota.sends(), quota.per(), opensAt)))),
                opensAt);
    }
}
