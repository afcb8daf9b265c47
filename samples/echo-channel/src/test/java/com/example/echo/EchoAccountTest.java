package com.example.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.Conversation;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What is this channel's own.
final class EchoAccountTest {

    @Test
    void aTextComesFromWhoSentIt() throws Exception {
        try (var host = new FakeHost();
                var account =
                        host.open(
                                new EchoChannel(),
                                EchoContractTest.settings(LoopbackProvider.unreachable()))) {
            var answer = account.webhook(EchoContractTest.text("7", "Are you open?"));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(host.stored()).hasSize(1);
            var inbound = host.stored().getFirst().inbound();
            assertThat(inbound.line()).isEqualTo("555-0199");
            assertThat(inbound.party()).extracting("address").isEqualTo("555-0100");
            assertThat(inbound.parts())
                    .extracting("content")
                    .containsExactly(Content.text("Are you open?"));
        }
    }

    @Test
    void aTextComesBackFromWhoWasWrittenTo() throws Exception {
        try (var service = LoopbackProvider.answering(202, "text/plain", "their-id");
                var host = new FakeHost();
                var account =
                        host.open(
                                new EchoChannel(),
                                EchoContractTest.settings(service.uri()))) {
            var result = account.send(message(host, "Until six."));

            assertThat(result).isEqualTo(SendResult.accepted("their-id"));
            service.awaitRequest(Duration.ofSeconds(5));
            var call = host.calls().getLast();
            assertThat(call.body().utf8()).isEqualTo("Until six.");
            assertThat(call.headers())
                    .containsEntry("x-from", List.of("555-0100"))
                    .containsEntry("x-to", List.of("555-0199"));
        }
    }

    private static OutboundMessage message(FakeHost host, String text) {
        var conversation =
                Conversation.of(
                        new ConversationId(new UUID(0x7000L, 1)),
                        new EchoChannel().descriptor().id(),
                        FakeHost.ACCOUNT,
                        "555-0199",
                        "555-0100");
        return OutboundMessage.of(
                "0-1-1",
                new InteractionId(new UUID(0x7000L, 2)),
                conversation,
                host.clock().instant(),
                Content.text(text));
    }
}
