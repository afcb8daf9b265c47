package io.tributary.model;

import org.jspecify.annotations.Nullable;

/// One thing that a customer can choose.
///
/// @param id comes back in [Content.ChoiceMade]; unique within its choices
/// @param label what the customer reads
/// @param description a second line; null for none
/// @param section the heading under which lists show it; null for none
/// @param url where it leads instead of coming back to us; null for none
public record Choice(
        String id,
        String label,
        @Nullable String description,
        @Nullable String section,
        @Nullable String url) {

    /// Refuses an empty id or label.
    public Choice {
        Check.filled(id, "the id of a choice");
        Check.filled(label, "the label of a choice");
    }

    /// A choice of a mere label.
    public static Choice of(String id, String label) {
        return new Choice(id, label, null, null, null);
    }

    /// The same with a second line.
    public Choice describedAs(String text) {
        return new Choice(id, label, text, section, url);
    }

    /// The same under a heading.
    public Choice under(String heading) {
        return new Choice(id, label, description, heading, url);
    }

    /// The same, leading elsewhere.
    public Choice leadingTo(String address) {
        return new Choice(id, label, description, section, address);
    }
}
