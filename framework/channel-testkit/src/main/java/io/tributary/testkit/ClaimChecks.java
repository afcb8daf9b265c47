package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.model.MediaId;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Whether an account says no more of itself than it does.
final class ClaimChecks {

    private final ContractSubject subject;

    ClaimChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all(Abilities abilities) {
        boolean sends = abilities.have(Sends.class);
        return List.of(
                Check.bronze(
                                "who cannot send promises nothing",
                                "Answer capabilities() with Capabilities.NONE, or implement Sends: the account, its connections or its devices' sessions.",
                                this::promisesNothing)
                        .onlyIf(
                                !abilities.anywhere(Sends.class),
                                "The account sends, or its connections or devices do."),
                Check.bronze(
                                "what capabilities refuse is refused without a call",
                                "Let send() reject every content that capabilities() do not name, before"
                                        + " it calls anybody.",
                                this::refuses)
                        .onlyIf(sends, "The account itself does not implement Sends."));
    }

    private void promisesNothing() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var capabilities = account.capabilities(subject.conversation());
            assertThat(capabilities.content().values())
                    .as("what is promised by an account that cannot send")
                    .allMatch(support -> support.level() == Level.REFUSED);
            assertThat(capabilities.mayStart())
                    .as("whether an account that cannot send may start conversations")
                    .isFalse();
        }
    }

    private void refuses() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var capabilities = account.capabilities(subject.conversation());
            for (var content : several()) {
                if (capabilities.support(content.capability()).level() == Level.REFUSED) {
                    var result = account.send(subject.message(host.clock().instant(), content));
                    assertThat(result)
                            .as("the result for %s, which is refused", content.capability())
                            .isInstanceOf(SendResult.Rejected.class);
                }
            }
            assertThat(host.calls()).as("calls for what is refused").isEmpty();
        }
    }

    private static List<Content> several() {
        return List.of(
                Content.text("a word from the contract"),
                Content.Media.stored(
                        Content.Media.Kind.IMAGE, new MediaId(new UUID(0x7000L, 3)), "image/png"),
                Content.location(52.5, 13.4),
                new Content.Template("contract", Locale.ROOT, Map.of()));
    }
}
