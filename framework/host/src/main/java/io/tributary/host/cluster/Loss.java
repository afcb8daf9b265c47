package io.tributary.host.cluster;

/// Why a message of the grid did not reach whom it was for. Each is safe: readers have the log.
enum Loss {
    /// More waits to be sent, or to be read, than there is room for.
    NO_ROOM,
    /// Too much for one message: the others are told only that there is something.
    TOO_LARGE,
    /// A member is so far behind that more would pile up in memory.
    MEMBER_BEHIND,
    /// The grid did not take it.
    NOT_SENT,
    /// Sealed by a key that is not ours, or forged.
    NOT_OPENED,
    /// It came before.
    REPEATED,
    /// Of a version that this member does not know, or in no form at all.
    NOT_READ,
    /// Older than what was seen in its place, or than anything there may be.
    STALE,
    /// Of another log than ours: two databases serve one grid.
    OTHER_LOG,
    /// Of a state of the log that a fail-over or a restore replaced.
    OLDER_TIMELINE,
    /// Of a state of the log that this member has not learned of yet.
    NEWER_TIMELINE
}
