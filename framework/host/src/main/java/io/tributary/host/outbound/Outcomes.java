package io.tributary.host.outbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.model.AccountId;
import java.util.Locale;

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
        CANCELLED,
        HELD,
        UNKNOWN,
        SETTLED,
        GIVEN_UP
    }

    void count(AccountId account, Result result) {
        Counter.builder("tributary.outbound.results")
                .description("What came of attempts to send, and of waiting for it")
                .tag("account", account.value())
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
