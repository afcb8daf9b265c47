package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

/// Looks for secrets, and for what customers said, where they must not be.
final class Redaction {

    private Redaction() {}

    /// @throws AssertionError events bear a secret, or what was said stands where others read it
    static void assertKept(FakeHost host, ContractSubject subject) {
        for (var secret : subject.settings().secrets()) {
            host.assertRedacted(secret);
            for (var event : host.journal().events()) {
                assertThat(event.notes().values())
                        .as("notes, which are kept for good")
                        .noneMatch(note -> note.contains(secret));
                assertThat(event.body().utf8())
                        .as("the body, which is kept for good")
                        .doesNotContain(secret);
            }
        }
        Spoken.in(host.stored()).forEach(host::assertRedacted);
    }
}
