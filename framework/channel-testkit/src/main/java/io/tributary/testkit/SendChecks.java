package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// What an account makes of a send, above all when its provider misbehaves.
final class SendChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ContractSubject subject;

    SendChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.silver(
                        "unknown content is refused without a call",
                        "Reject what send() does not know, and leave it out of the capabilities.",
                        this::unknownContent),
                Check.silver(
                        "an unreachable provider surely took nothing",
                        "Use SendResult.of(failure): what was never written is a Retry.",
                        this::unreachable),
                Check.silver(
                        "a provider that hangs up may have taken it",
                        "Use SendResult.of(failure): what was written and not answered is Unknown.",
                        this::hungUp),
                Check.silver(
                        "a provider that is too busy is tried later",
                        "Answer 429 and 503 with Retry; SendResult.of(answer) does.",
                        this::busy),
                Check.bronze(
                        "no error of the provider is a success",
                        "Take only what the provider says of a success for Accepted, and SendResult.of(answer) for the rest.",
                        this::errors),
                Check.silver(
                        "a send under way ends when the account is closed",
                        "Let InterruptedException pass: nobody knows whether the message was taken.",
                        this::closed),
                Check.bronze(
                        "results give no secret away",
                        "Put words of your own into reasons, not what the provider answered.",
                        this::redacted),
                Check.bronze(
                        "at least one send at once",
                        "Let atOnce() say how many sends may run side by side, at least one.",
                        this::atOnce));
    }

    private void unknownContent() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var level =
                    account.capabilities(subject.conversation())
                            .support(ContractSubject.UNKNOWN.capability())
                            .level();
            assertThat(level)
                    .as("support of a content that nobody knows")
                    .isIn(Level.REFUSED, Level.FALLBACK, Level.LOST);
            var result = send(account, subject.message(now(host), ContractSubject.UNKNOWN));
            assertThat(result)
                    .as("the result for a content that nobody knows")
                    .isInstanceOf(SendResult.Rejected.class);
            assertThat(host.calls()).as("calls to the provider").isEmpty();
        }
    }

    private void unreachable() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            assertThat(send(account, subject.text(now(host))))
                    .as("the result when nobody listens")
                    .isInstanceOf(SendResult.Retry.class);
            assertThat(host.calls()).as("calls to the provider of goodSettings").isNotEmpty();
        }
    }

    private void hungUp() throws Exception {
        try (var provider = LoopbackProvider.hangingUp();
                var host = new FakeHost();
                var account = subject.open(host, provider.uri())) {
            assertThat(send(account, subject.text(now(host))))
                    .as("the result when the request was read and no answer came")
                    .isInstanceOf(SendResult.Unknown.class);
        }
    }

    private void busy() throws Exception {
        assertThat(answered(429, "text/plain", "slow down"))
                .as("the result of 429")
                .isInstanceOf(SendResult.Retry.class);
        assertThat(answered(503, "text/html", "<h1>down</h1>"))
                .as("the result of 503")
                .isInstanceOf(SendResult.Retry.class);
    }

    private void errors() throws Exception {
        for (int status : new int[] {302, 400, 401, 403, 404, 409, 410, 413, 422, 500, 502, 504}) {
            for (var body : List.of("", "{", "[".repeat(100_000), "\0\uFFFF")) {
                assertThat(answered(status, "application/json", body))
                        .as("the result of %s", status)
                        .isNotNull()
                        .isNotInstanceOf(SendResult.Accepted.class);
            }
        }
    }

    private void closed() throws Exception {
        try (var provider = LoopbackProvider.silent();
                var host = new FakeHost()) {
            CompletableFuture<SendResult> sending;
            try (var account = subject.open(host, provider.uri())) {
                var message = subject.text(now(host));
                sending =
                        CompletableFuture.supplyAsync(
                                () -> account.send(message), Thread::startVirtualThread);
                provider.awaitRequest(PATIENCE);
            }
            assertThat(result(sending))
                    .as("the result of a send that was cut off after the request was read")
                    .isInstanceOf(SendResult.Unknown.class);
        }
    }

    private void redacted() throws Exception {
        var secrets = subject.settings().secrets();
        for (int status : new int[] {401, 500}) {
            // A careless provider echoes what it was sent.
            var result = answered(status, "text/plain", String.join(" ", secrets));
            for (var secret : secrets) {
                assertThat(result.toString()).as("the result of %s", status).doesNotContain(secret);
            }
        }
    }

    private void atOnce() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            assertThat(account.ability(Sends.class).atOnce()).isPositive();
        }
    }

    private SendResult answered(int status, String type, String body) throws Exception {
        try (var provider = LoopbackProvider.answering(status, type, body);
                var host = new FakeHost();
                var account = subject.open(host, provider.uri())) {
            var result = send(account, subject.text(now(host)));
            subject.settings().secrets().forEach(host::assertRedacted);
            host.assertRedacted("a word from the contract");
            return result;
        }
    }

    private static SendResult send(HostedAccount account, OutboundMessage message) {
        try {
            return account.sendOrThrow(message);
        } catch (Exception thrown) {
            throw new AssertionError("send threw " + thrown, thrown);
        }
    }

    private static SendResult result(CompletableFuture<SendResult> sending) throws Exception {
        try {
            return sending.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError("the send failed", failed.getCause());
        }
    }

    private static Instant now(FakeHost host) {
        return host.clock().instant();
    }
}
