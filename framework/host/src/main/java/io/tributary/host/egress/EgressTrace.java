package io.tributary.host.egress;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tributary.model.AccountId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what went out, without what may be secret or somebody's: no path, no query, no header, no
/// body.
final class EgressTrace {

    private static final Logger LOG = LoggerFactory.getLogger(EgressTrace.class);

    private final MeterRegistry meters;
    private final ConcurrentHashMap<Key, Timer> timers = new ConcurrentHashMap<>();

    private record Key(AccountId account, String answer) {}

    EgressTrace(MeterRegistry meters) {
        this.meters = meters;
    }

    void answered(AccountId account, String method, String host, int status, long nanos) {
        count(account, status / 100 + "xx", nanos);
        LOG.debug(
                "egress account={} method={} host={} status={} ms={}",
                account,
                method,
                host,
                status,
                nanos / 1_000_000);
    }

    void failed(AccountId account, String method, String host, String reason, long nanos) {
        count(account, "failed", nanos);
        LOG.debug(
                "egress account={} method={} host={} reason={} ms={}",
                account,
                method,
                host,
                reason,
                nanos / 1_000_000);
    }

    private void count(AccountId account, String answer, long nanos) {
        timers.computeIfAbsent(new Key(account, answer), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("tributary.egress.requests")
                .description("Requests that accounts made, by the class of the answer")
                .tag("account", key.account().value())
                .tag("answer", key.answer())
                .register(meters);
    }
}
