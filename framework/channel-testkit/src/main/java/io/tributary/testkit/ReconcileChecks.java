package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Reconciles;
import io.tributary.spi.SendResult;
import java.net.URI;
import java.util.List;

/// What an account says of a send whose outcome is unknown. Retry means that it is sent once more,
/// so anything but certainty must be Unknown.
final class ReconcileChecks {

    private final ContractSubject subject;

    ReconcileChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.silver(
                        "an unreachable provider settles nothing",
                        "Let lookUp() say Unknown where the provider cannot be asked: Retry means that it is sent again.",
                        this::unreachable),
                Check.silver(
                        "a provider that hangs up settles nothing",
                        "Let lookUp() say Unknown where no answer came: Retry means that it is sent again.",
                        this::hungUp),
                Check.silver(
                        "a provider's error settles nothing",
                        "Let lookUp() say Unknown for every error of the provider: Retry means that it is sent again.",
                        this::errors),
                Check.silver(
                        "an unreadable answer settles nothing",
                        "Let lookUp() say Unknown for every answer that it cannot read: Retry means that"
                                + " it is sent again.",
                        this::unreadable));
    }

    private void unreachable() throws Exception {
        settlesNothing(LoopbackProvider.unreachable(), "an unreachable provider");
    }

    private void hungUp() throws Exception {
        try (var provider = LoopbackProvider.hangingUp()) {
            settlesNothing(provider.uri(), "a provider that hangs up");
        }
    }

    private void errors() throws Exception {
        for (int status : new int[] {401, 403, 429, 500, 502, 503, 504}) {
            try (var provider = LoopbackProvider.answering(status, "application/json", "{}")) {
                settlesNothing(provider.uri(), "an answer of " + status);
            }
        }
    }

    private void unreadable() throws Exception {
        var answer = Turn.answer(200);
        for (var turn :
                List.of(
                        answer,
                        answer.body("text/html", "<title>Sign in to this network</title>"),
                        answer.body("application/json", "{\"messages\":[{\"id\":"),
                        answer.body("application/json", "null"),
                        answer.body("application/json", "[".repeat(100_000)),
                        answer.body("application/json", "{\"messages\":[]}").cutAfter(5))) {
            try (var provider = LoopbackProvider.playing(turn);
                    var host = new FakeHost();
                    var account = subject.open(host, provider.uri())) {
                assertThat(account.lookUp(subject.text(host.clock().instant())))
                        .as("what a look-up says after an answer that it cannot read")
                        .isInstanceOf(SendResult.Unknown.class);
            }
        }
    }

    private void settlesNothing(URI provider, String what) throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host, provider)) {
            var message = subject.text(host.clock().instant());
            var reconciles = account.ability(Reconciles.class);
            assertThat(account.call(CallKind.LOOK_UP, () -> reconciles.lookUp(message)))
                    .as("what a look-up says after %s", what)
                    .isInstanceOf(SendResult.Unknown.class);
        }
    }
}
