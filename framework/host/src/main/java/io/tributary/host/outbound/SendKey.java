package io.tributary.host.outbound;

import io.tributary.model.InteractionId;

/// The name of a send: the interaction and the number of its first part.
final class SendKey {

    private SendKey() {}

    static String of(InteractionId interaction, int firstPart) {
        return interaction + "-" + firstPart;
    }

    /// Whether an external id is one of ours, and not one that the provider gave.
    static boolean isOf(InteractionId interaction, String externalId) {
        return externalId.startsWith(interaction.toString());
    }
}
