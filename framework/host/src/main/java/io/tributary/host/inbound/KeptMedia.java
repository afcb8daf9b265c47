package io.tributary.host.inbound;

import io.tributary.host.journal.MediaRecords;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import io.tributary.spi.InboundPart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/// Gives the media of a second reading the bytes that the first one brought: the first those of the
/// first, and so on. Bytes that nobody fetched then can seldom be had now. Blocking, thread safe.
final class KeptMedia {

    private final MediaRecords records;

    KeptMedia(MediaRecords records) {
        this.records = records;
    }

    /// The parts as they are said now, with media as they are kept by now.
    List<Part> parts(Interaction stored, List<InboundPart> now) {
        Iterator<Content.Media> kept = media(stored).iterator();
        var parts = new ArrayList<Part>(now.size());
        for (InboundPart part : now) {
            Content content =
                    part.content() instanceof Content.Media media && kept.hasNext()
                            ? kept(media, kept.next())
                            : part.content();
            parts.add(new Part(parts.size() + 1, content));
        }
        return parts;
    }

    private Content kept(Content.Media media, Content.Media before) {
        var id = before.id();
        if (id == null) {
            return media;
        }
        return records.byId(id)
                .map(record ->
                        new Content.Media(
                                media.kind(),
                                Content.Media.State.valueOf(record.state().name()),
                                id,
                                media.mediaType(),
                                media.name(),
                                record.bytes(),
                                record.sha256(),
                                media.caption()))
                .orElseGet(() -> media.at(before.state(), id));
    }

    /// Whether these are the same media, as far as a plugin says what they are: else a picture
    /// could come to stand where another belongs.
    static boolean areSame(Interaction stored, Interaction said) {
        var before = media(stored);
        var now = media(said);
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            if (!isSame(before.get(i), now.get(i))) {
                return false;
            }
        }
        return before.size() == now.size();
    }

    private static boolean isSame(Content.Media before, Content.Media now) {
        return before.kind() == now.kind()
                && Objects.equals(before.mediaType(), now.mediaType())
                && Objects.equals(before.name(), now.name())
                && Objects.equals(before.id(), now.id())
                // without kept bytes there is nothing that could be had
                && (before.id() != null || before.state() == now.state());
    }

    private static List<Content.Media> media(Interaction interaction) {
        return interaction.parts().stream()
                .map(Part::content)
                .filter(Content.Media.class::isInstance)
                .map(Content.Media.class::cast)
                .toList();
    }
}
