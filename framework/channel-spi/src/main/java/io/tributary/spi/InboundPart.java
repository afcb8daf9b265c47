package io.tributary.spi;

import io.tributary.model.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of what came in.
///
/// @param externalIds the provider's ids of it, each 1 to 512 characters; the first binding of an
///   id on an account wins
/// @param fetch where the media is, in the plugin's own words, for [FetchesMedia#locate(String)];
///   null: nothing to fetch
public record InboundPart(Content content, List<String> externalIds, @Nullable String fetch) {

    public InboundPart {
        externalIds = List.copyOf(externalIds);
        for (var id : externalIds) {
            Shape.name(id, "an external id");
        }
    }

    public static InboundPart of(Content content) {
        return new InboundPart(content, List.of(), null);
    }

    /// The same with one more id.
    public InboundPart id(String externalId) {
        if (externalIds.isEmpty()) {
            return new InboundPart(content, List.of(externalId), fetch);
        }
        var more = new ArrayList<>(externalIds);
        more.add(externalId);
        return new InboundPart(content, more, fetch);
    }

    /// The same with media to fetch.
    public InboundPart fetch(String where) {
        return new InboundPart(content, externalIds, where);
    }

    /// The content's type: where media is may hold a secret.
    @Override
    public String toString() {
        return "InboundPart[" + content.type() + "]";
    }
}
