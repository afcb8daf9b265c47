package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import java.util.List;

/// What connections make of messages that go out on them.
final class ConnectionSendChecks {

    private static final String WORD = "a word from the contract";

    private final ContractSubject subject;

    ConnectionSendChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.silver(
                        "what is sent on a connection is taken, and known by the provider's ids",
                        "Let run() report UP when messages can go, and send() answer Accepted with the"
                                + " provider's ids when the provider has taken one.",
                        this::taken),
                Check.silver(
                        "unknown content is refused on a connection",
                        "Reject what send() does not know, and leave it out of the capabilities.",
                        this::unknownContent),
                Check.bronze(
                        "what is sent when the provider is gone is no success",
                        "Answer Retry where nothing was written, and Unknown where no answer came.",
                        this::gone));
    }

    private void taken() throws Exception {
        try (var scene = up()) {
            var result = scene.sender().send(message(scene, Content.text(WORD)));

            assertThat(result).as("the result").isInstanceOf(SendResult.Accepted.class);
            assertThat(result.sent()).as("the provider's ids").isNotEmpty();
            subject.patience()
                    .until(
                            "the text at the provider",
                            () -> scene.simulator().taken().contains(WORD));
        }
    }

    private void unknownContent() throws Exception {
        try (var scene = up()) {
            var result = scene.sender().send(message(scene, ContractSubject.UNKNOWN));

            assertThat(result)
                    .as("the result for a content that nobody knows")
                    .isInstanceOf(SendResult.Rejected.class);
            assertThat(scene.simulator().taken()).as("what the provider took").isEmpty();
        }
    }

    private void gone() throws Exception {
        try (var scene = up()) {
            var wire = scene.sender().wire();
            scene.simulator().close();
            var message = message(scene, Content.text(WORD));
            SendResult result;
            try {
                result = scene.account().call(CallKind.SEND, () -> wire.send(message));
            } catch (Exception unknown) {
                return; // as the host takes it (guarantee 25)
            }
            assertThat(result)
                    .as("the result when the provider is gone")
                    .isNotInstanceOf(SendResult.Accepted.class);
        }
    }

    private ConnectedScene up() throws Exception {
        var scene = ConnectedScene.begin(subject);
        try {
            subject.patience()
                    .until("run() to report UP at a provider that works", scene.sender()::up);
            return scene;
        } catch (Exception | Error never) {
            scene.close();
            throw never;
        }
    }

    private OutboundMessage message(ConnectedScene scene, Content content) {
        return subject.message(scene.host().clock().instant(), content);
    }
}
