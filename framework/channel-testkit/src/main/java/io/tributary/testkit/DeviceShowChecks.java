package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.spi.Conversation;
import io.tributary.spi.Follows;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.opentest4j.TestAbortedException;

/// What devices are shown, and how a socket outlives an upgrade.
final class DeviceShowChecks {

    private static final String WORD = "a word from the contract";

    private final ContractSubject subject;

    DeviceShowChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all(Abilities abilities) {
        boolean sends = abilities.sessionHas(Sends.class);
        var noSends = "The devices' sessions do not implement Sends.";
        return List.of(
                Check.silver(
                        "an upgrade keeps the socket",
                        "Let park() hand over what the session knows, at most 64 kB, and connect() go on"
                                + " with the same device where the handshake brings it.",
                        this::upgrades),
                Check.silver(
                                "followed conversations are shown in order, and go on after an upgrade",
                                "Park the cursor of the last interaction that was shown, and let connect()"
                                        + " follow from there.",
                                this::follows)
                        .onlyIf(
                                abilities.sessionHas(Follows.class),
                                "The devices' sessions do not implement Follows."),
                Check.silver(
                                "a message reaches the device, after an upgrade too",
                                "Let send() write to the link of its session, and answer Accepted with an id.",
                                this::reaches)
                        .onlyIf(sends, noSends),
                Check.bronze(
                                "a message to a device that is gone is no success",
                                "Answer Retry where the link says that the socket is gone.",
                                this::gone)
                        .onlyIf(sends, noSends),
                Check.silver(
                                "unknown content is refused by a session",
                                "Reject what send() does not know, and leave it out of the capabilities.",
                                this::unknownContent)
                        .onlyIf(sends, noSends));
    }

    private void upgrades() throws Exception {
        try (var scene = scene();
                var next = subject.open(scene.host());
                var last = subject.open(scene.host())) {
            var device = scene.device();
            device.handOver(next);
            scene.account().close();
            device.says(subject.says("the second"));
            device.handOver(last);
            device.says(subject.says("the third"));

            assertThat(device.thrown()).as("what calls have thrown").isEmpty();
            assertThat(device.closedWith()).as("with what the socket was closed").isEmpty();
            assertThat(subject.said(scene.host()))
                    .as("what is stored of what was said before and after two upgrades")
                    .containsExactly("the first", "the second", "the third");
            device.close();
            assertThat(device.thrown())
                    .as("what onClosed() threw where the session had been handed over")
                    .isEmpty();
        }
    }

    private void follows() throws Exception {
        try (var scene = scene();
                var next = subject.open(scene.host())) {
            var device = scene.device();
            var followed = device.followed().keySet();
            if (followed.isEmpty()) {
                throw new TestAbortedException(
                        "The session implements Follows, and followed nothing when its device was"
                                + " there and had said something.");
            }
            var address = followed.iterator().next();
            show(scene, address, 1);
            show(scene, address, 2);
            device.handOver(next);

            assertThat(device.followed())
                    .as("what is followed after the upgrade, and after which cursor")
                    .containsEntry(address, "cursor-2");
            show(scene, address, 3);
            assertThat(device.heard().stream().filter(frame -> subject.shows(frame, WORD)))
                    .as("what the device was shown")
                    .hasSize(3);
        }
    }

    private void show(Scene scene, String address, int number) {
        var text = WORD + " " + number;
        var device = scene.device();
        assertThat(device.shows(interaction(scene, address, text, number), "cursor-" + number))
                .as("whether it still follows")
                .isTrue();
        assertThat(device.thrown()).as("what onInteraction() threw").isEmpty();
        assertThat(device.heard())
                .as("what the device heard after an interaction")
                .anyMatch(frame -> subject.shows(frame, text));
    }

    private void reaches() throws Exception {
        try (var scene = scene();
                var next = subject.open(scene.host())) {
            reaches(scene, WORD);
            scene.device().handOver(next);
            reaches(scene, WORD + " after the upgrade");
        }
    }

    private void reaches(Scene scene, String text) throws Exception {
        var result = scene.device().send(message(scene, Content.text(text)));

        assertThat(scene.device().thrown())
                .as("what calls beside it have thrown, onFrame() of an answer too")
                .isEmpty();
        assertThat(result).as("the result").isInstanceOf(SendResult.Accepted.class);
        subject.patience()
                .until(
                        "a frame that shows the message",
                        () ->
                                scene.device().heard().stream()
                                        .anyMatch(frame -> subject.shows(frame, text)));
    }

    private void gone() throws Exception {
        try (var scene = scene()) {
            scene.device().close();
            assertThat(scene.device().send(message(scene, Content.text(WORD))))
                    .as("the result when the device is gone")
                    .isNotInstanceOf(SendResult.Accepted.class);
        }
    }

    private void unknownContent() throws Exception {
        try (var scene = scene()) {
            assertThat(scene.device().send(message(scene, ContractSubject.UNKNOWN)))
                    .as("the result for a content that nobody knows")
                    .isInstanceOf(SendResult.Rejected.class);
        }
    }

    /// A device that is there and has said something.
    private record Scene(FakeHost host, HostedAccount account, HostedDevice device)
            implements AutoCloseable {

        /// Our end and the other end of what it said.
        Conversation conversation(ContractSubject subject) {
            var like = subject.conversation();
            var said =
                    host.stored().stream()
                            .map(Stored::inbound)
                            .filter(subject::isSaid)
                            .findFirst()
                            .orElseThrow();
            return Conversation.of(
                    Objects.requireNonNull(like.id()),
                    like.channel(),
                    like.account(),
                    said.line(),
                    Objects.requireNonNull(said.party()).address());
        }

        @Override
        public void close() {
            try (host) {
                account.close();
            }
        }
    }

    private Scene scene() throws Exception {
        var host = new FakeHost();
        var account = subject.open(host);
        var device = subject.knock(account).says(subject.says("the first"));
        assertThat(subject.said(host)).as("what a genuine device said").isNotEmpty();
        return new Scene(host, account, device);
    }

    private OutboundMessage message(Scene scene, Content content) {
        return subject.message(
                scene.conversation(subject), scene.host().clock().instant(), content);
    }

    private Interaction interaction(Scene scene, String address, String text, int number) {
        var now = scene.host().clock().instant();
        var conversation = scene.conversation(subject);
        return Interaction.builder()
                .id(new InteractionId(new UUID(0x7000L, 100 + number)))
                .position(100 + number)
                .conversation(new ConversationId(new UUID(0x7000L, 1)))
                .channel(conversation.channel())
                .account(conversation.account())
                .line(conversation.line())
                .address(address)
                .direction(Direction.OUTBOUND)
                .actor(Actor.agent("contract", "the contract"))
                .occurredAt(now)
                .receivedAt(now)
                .extensions(Map.of())
                .contents(Content.text(text))
                .build();
    }
}
