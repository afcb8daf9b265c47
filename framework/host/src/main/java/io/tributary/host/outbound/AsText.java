package io.tributary.host.outbound;

import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.MediaId;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The plain text as which a content goes where the channel carries no more. What can be chosen is
/// numbered, so that a customer can answer with the number; what leads elsewhere shows its address,
/// and so do files.
final class AsText {

    private final StringBuilder text = new StringBuilder();
    private final Numbering numbering;
    private final @Nullable Function<MediaId, URI> files;

    private AsText(Numbering numbering, @Nullable Function<MediaId, URI> files) {
        this.numbering = numbering;
        this.files = files;
    }

    /// @param numbering takes down which number stands for which choice
    /// @param files where the customer can read a file; null: nowhere, and there is none to read
    static String of(Content content, Numbering numbering, @Nullable Function<MediaId, URI> files) {
        var plain = new AsText(numbering, files);
        switch (content) {
            case Content.Choices asked -> plain.line(asked.text()).choices(asked.choices());
            case Content.Card card -> plain.heading(card).choices(card.choices());
            case Content.Carousel carousel ->
                    carousel.cards().forEach(card -> plain.heading(card).choices(card.choices()));
            case Content.Media media -> plain.media(media);
            default -> {
                return content.fallback();
            }
        }
        return plain.text.isEmpty() ? content.fallback() : plain.text.toString();
    }

    /// What a card says beside what can be chosen.
    static String heading(Content.Card card, @Nullable Function<MediaId, URI> files) {
        return new AsText(new Numbering(), files).heading(card).text.toString();
    }

    private AsText heading(Content.Card card) {
        line(card.title()).line(card.text());
        Content.@Nullable Media image = card.image();
        return image == null ? this : media(image);
    }

    private AsText media(Content.Media media) {
        line(media.caption() == null ? media.name() : media.caption());
        return media.id() == null || files == null
                ? this
                : line(files.apply(media.id()).toString());
    }

    private AsText line(@Nullable String line) {
        if (line != null && !line.isBlank()) {
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        return this;
    }

    private void choices(List<Choice> all) {
        String section = null;
        for (var choice : all) {
            if (choice.section() != null && !choice.section().equals(section)) {
                line(choice.section());
            }
            section = choice.section();
            line(numbering.next(choice) + ". " + said(choice));
        }
    }

    private static String said(Choice choice) {
        return choice.label()
                + (choice.description() == null ? "" : " (" + choice.description() + ")")
                + (choice.url() == null ? "" : ": " + choice.url());
    }
}
