package io.tributary.host;

import io.tributary.host.accounts.OwnSlots;
import io.tributary.host.accounts.SlotLeases;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Membership;
import io.tributary.host.journal.Membership.Member;
import io.tributary.host.journal.Membership.NameTaken;
import io.tributary.host.ownership.Ownership;
import io.tributary.host.ownership.OwnershipPace;
import io.tributary.host.rollouts.Company;
import io.tributary.host.rollouts.LiveMembers;
import io.tributary.host.secrets.MasterKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// With whom this run of a member shares its log.
///
/// @param epoch of this run
/// @param leases of what it runs
/// @param company in which plugins change their versions
/// @param ownership null: it has the log to itself
record Sharing(long epoch, SlotLeases leases, Company company, @Nullable Ownership ownership)
        implements AutoCloseable {

    /// Begins a run; among others from now on, where there are any.
    ///
    /// @throws JournalUnavailable it cannot be one of them; the message tells an operator why
    static Sharing begin(
            Configuration.@Nullable Cluster cluster,
            Journal journal,
            Path data,
            MasterKeys keys,
            MemberPulse pulse)
            throws IOException {
        long epoch = journal.nextEpoch();
        var membership = journal.membership();
        if (cluster == null || membership.isEmpty()) {
            return new Sharing(epoch, new OwnSlots(epoch), Company.alone(epoch), null);
        }
        Membership members = membership.get();
        if (!members.agrees(keys.marks())) {
            throw new JournalUnavailable(
                    "the members of this cluster seal secrets with another master key than this one has:"
                            + " give all of them the same, in TRIBUTARY_MASTER_KEY or as master.key in"
                            + " the data folder");
        }
        var ownership =
                new Ownership(
                        members,
                        new Membership.Self(
                                epoch, cluster.member(), MemberHome.of(data), version()),
                        pulse,
                        OwnershipPace.USUAL);
        try {
            ownership.join();
        } catch (NameTaken taken) {
            throw new JournalUnavailable(
                    taken.getMessage() + ": give this one another name as cluster.member", taken);
        }
        return new Sharing(epoch, ownership, Company.of(epoch, new Others(members)), ownership);
    }

    private static String version() {
        String version = Node.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    /// Whether there may be others.
    boolean isShared() {
        return ownership != null;
    }

    /// Whether the others count on this member.
    boolean firm() {
        return ownership == null || ownership.firm();
    }

    /// Lets the others know at once that this member serves now.
    void serves() {
        if (ownership != null) {
            ownership.look();
        }
    }

    /// Leaves what it runs to the others.
    void drain(Duration limit) {
        if (ownership != null) {
            ownership.drain(limit);
        }
    }

    @Override
    public void close() {
        if (ownership != null) {
            ownership.close();
        }
    }

    private record Others(Membership members) implements LiveMembers {

        @Override
        public boolean live(long member) {
            return members.lives(member);
        }

        @Override
        public Set<Long> all() {
            return members.all().stream()
                    .filter(each -> each.left().isPositive())
                    .map(Member::run)
                    .collect(Collectors.toSet());
        }
    }
}
