package io.tributary.host.outbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.model.AccountId;

/// Counts what became of sends: `tributary.outbound.results` by account and result.
final class Outcomes {

    private final MeterRegistry meters;

    Outcomes(MeterRegistry meters) {
        this.meters = meters;
    }

    /// What can come of an attempt or of waiting.
    enum Result {
        ACCEPTED,
        RETRIED,
        REJECTED,
        EXPIRED,
        HELD,
        UNKNOWN,
        SETTLED,
        GIVEN_UP
    }

    void count(AccountId account, Result result) {
        meters.counter(
                        "tributary.outbound.results",
                        "account",
                        account.value(),
                        "result",
                        result.name().toLowerCase(java.util.Locale.ROOT))
                .increment();
    }
}
