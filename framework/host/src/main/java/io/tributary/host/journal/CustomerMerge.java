package io.tributary.host.journal;

import io.tributary.model.Content;
import io.tributary.model.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A customer who becomes an alias of another: what is written and told of it, whether people have
/// decided it or a channel has vouched for a stranger.
///
/// @param from who stands for `into` from then on
public record CustomerMerge(CustomerId from, CustomerId into) {

    /// Neither was merged meanwhile.
    public List<Expect> expects() {
        return List.of(new Expect.CustomerUnmerged(from), new Expect.CustomerUnmerged(into));
    }

    /// @param actor who decided it, for the audit
    public List<Change> changes(String actor, Instant now) {
        return List.of(
                new Change.MergeCustomer(from, into),
                new Change.AddAudit(actor, "customer.merge", from.toString(), "into " + into, now));
    }

    /// What agent apps are told of it.
    public Content told() {
        return new Content.Changed(
                Content.Changed.What.MERGED,
                Map.of("from", from.toString(), "into", into.toString()));
    }
}
