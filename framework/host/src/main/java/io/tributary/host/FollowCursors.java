package io.tributary.host;

import io.tributary.host.agents.Cursors;

/// The stream's cursors, as devices' sessions use them.
final class FollowCursors implements io.tributary.host.devices.Cursors {

    private final Cursors cursors;

    FollowCursors(Cursors cursors) {
        this.cursors = cursors;
    }

    @Override
    public String of(long position) {
        return cursors.of(position);
    }

    /// A device may have kept its cursor for years, or have it from before a backup was restored:
    /// it is shown what there is.
    @Override
    public long after(String cursor) {
        return switch (cursors.parse(cursor)) {
            case Cursors.Parsed.At(long position) -> position;
            case Cursors.Parsed.Expired(String oldest) -> cursors.need(oldest);
            case Cursors.Parsed.Bad _ -> cursors.need(cursors.oldest());
        };
    }
}
