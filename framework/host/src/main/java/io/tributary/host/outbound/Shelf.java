package io.tributary.host.outbound;

import io.tributary.host.journal.MediaRecords;
import io.tributary.host.outbound.Posted.Problem;
import io.tributary.model.AccountId;
import io.tributary.model.Content;
import io.tributary.model.MediaId;
import io.tributary.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks up the media of a draft: they go as the store knows them, whatever the author says of type
/// and size, and only if the store has them. Blocking; for one draft.
final class Shelf {

    private final MediaRecords media;
    private final List<Problem> problems = new ArrayList<>();

    Shelf(MediaRecords media) {
        this.media = media;
    }

    /// What is missing, by part.
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<Part> asKept(List<Part> parts) {
        return parts.stream()
                .map(part ->
                        new Part(
                                part.number(), kept(part.content(), part.number()), part.unknown()))
                .toList();
    }

    /// The ids of all media that a content shows.
    static List<MediaId> media(Content content) {
        var ids = new ArrayList<MediaId>(0);
        collect(content, ids);
        return ids;
    }

    /// What is missing to somebody who does not see all accounts.
    static List<Problem> unseen(MediaRecords media, List<Part> parts, Predicate<AccountId> sees) {
        var problems = new ArrayList<Problem>(0);
        for (var part : parts) {
            for (var id : media(part.content())) {
                if (media.byId(id).filter(file -> !sees.test(file.account())).isPresent()) {
                    problems.add(missing(part.number(), id));
                }
            }
        }
        return problems;
    }

    private static Problem missing(int part, MediaId id) {
        return Problem.of(part, "media-missing", "there is no file with id " + id);
    }

    private static void collect(Content content, List<MediaId> ids) {
        if (content instanceof Content.Media media && media.id() != null) {
            ids.add(media.id());
        } else if (content instanceof Content.Card card && card.image() != null) {
            collect(card.image(), ids);
        } else if (content instanceof Content.Carousel carousel) {
            carousel.cards().forEach(card -> collect(card, ids));
        } else if (content instanceof Content.Edited edited) {
            edited.parts().forEach(part -> collect(part.content(), ids));
        }
    }

    /// Media also hide in cards and in what a message is changed to; other contents have none.
    private Content kept(Content content, int part) {
        if (content instanceof Content.Media one) {
            return kept(one, part);
        }
        if (content instanceof Content.Card card) {
            return kept(card, part);
        }
        if (content instanceof Content.Carousel carousel) {
            return new Content.Carousel(
                    carousel.cards().stream().map(card -> kept(card, part)).toList());
        }
        if (content instanceof Content.Edited edited) {
            return new Content.Edited(
                    edited.parts().stream()
                            .map(inner ->
                                    new Part(
                                            inner.number(),
                                            kept(inner.content(), part),
                                            inner.unknown()))
                            .toList());
        }
        return content;
    }

    private Content.Card kept(Content.Card card, int part) {
        Content.@Nullable Media image = card.image();
        return image == null
                ? card
                : new Content.Card(card.title(), card.text(), kept(image, part), card.choices());
    }

    private Content.Media kept(Content.Media named, int part) {
        var id = named.id();
        if (id == null) {
            problems.add(Problem.of(part, "media-missing", "upload the file first"));
            return named;
        }
        var found = media.byId(id);
        if (found.isEmpty()) {
            problems.add(missing(part, id));
            return named;
        }
        var stored = found.get();
        if (stored.state() != MediaRecords.State.STORED) {
            problems.add(
                    Problem.of(
                            part,
                            "media-not-stored",
                            "the file with id " + id + " is not stored: it is " + stored.state()));
            return named;
        }
        return new Content.Media(
                named.kind(),
                Content.Media.State.STORED,
                id,
                stored.type(),
                named.name() == null ? stored.name() : named.name(),
                stored.bytes(),
                stored.sha256(),
                named.caption());
    }
}
