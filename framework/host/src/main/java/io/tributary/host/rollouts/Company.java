package io.tributary.host.rollouts;

/// Which member this is, and who else changes versions of plugins in the same journal.
///
/// @param self the epoch of this run
/// @param others asked of members other than this one
/// @param shared whether there may be others at all
public record Company(long self, LiveMembers others, boolean shared) {

    /// A member that has its journal to itself: whatever another run of it left is over.
    public static Company alone(long self) {
        return new Company(self, _ -> false, false);
    }

    /// One of several.
    public static Company of(long self, LiveMembers others) {
        return new Company(self, others, true);
    }

    /// Whether a member other than this one is there that watches a version.
    boolean watches(long member) {
        return member != self && others.live(member);
    }
}
