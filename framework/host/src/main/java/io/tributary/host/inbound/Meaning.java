package io.tributary.host.inbound;

import io.tributary.json.InteractionJson;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/// What an interaction says, apart from what the host has made of it: two that say the same have
/// the same digest. Where bytes of media are kept, and how far that has come, is left out.
final class Meaning {

    /// What begins so in extensions is the host's own.
    static final String OURS = "tributary.";

    private Meaning() {}

    static Bytes digest(Interaction interaction) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            interaction
                    .parts()
                    .forEach(part -> {
                        digest.update(
                                InteractionJson.encode(
                                        bare(Answering.asWritten(part.content(), interaction))));
                        digest.update((byte) '\n');
                    });
            for (Map.Entry<String, Json> each : said(interaction).entrySet()) {
                digest.update(each.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '=');
                digest.update(each.getValue().text().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return Bytes.wrap(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The extensions that are the plugin's.
    private static Map<String, Json> said(Interaction interaction) {
        var said = new TreeMap<>(interaction.extensions());
        said.keySet().removeIf(name -> name.startsWith(OURS));
        return said;
    }

    private static Content bare(Content content) {
        return content instanceof Content.Media media
                ? new Content.Media(
                        media.kind(),
                        Content.Media.State.PENDING,
                        null,
                        media.mediaType(),
                        media.name(),
                        0,
                        null,
                        media.caption())
                : content;
    }

    /// As it is read once it is stored.
    static Interaction asStored(Interaction interaction) {
        return InteractionJson.decode(InteractionJson.encode(interaction));
    }
}
