package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Journal;
import io.tributary.host.outbound.Posted.Problem;
import io.tributary.host.outbound.Posted.Refused;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import io.tributary.model.Part;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Sends;
import java.time.InstantSource;
import java.util.List;

/// Lets through what account, channel, window and customer allow, without calling the provider.
/// Blocking, thread safe.
final class Gate {

    private final Journal journal;
    private final OpenAccounts accounts;
    private final Permission permission;
    private final SharedFiles files;
    private final InstantSource clock;

    Gate(
            Journal journal,
            OpenAccounts accounts,
            Permission permission,
            SharedFiles files,
            InstantSource clock) {
        this.journal = journal;
        this.accounts = accounts;
        this.permission = permission;
        this.files = files;
        this.clock = clock;
    }

    /// What may go.
    ///
    /// @param parts with media as they are kept, and cut where they were too long
    /// @param degraded which of them do not go as they are
    /// @param together how many parts one send carries
    record Passed(List<Part> parts, Degraded degraded, int together) {}

    /// The account, open and able to send.
    OpenAccount sender(AccountId id) throws Refusal {
        var account = open(id);
        if (!maySend(account)) {
            throw new Refusal(
                    Refused.CannotSend.because("receives-only", "the account cannot send"));
        }
        return account;
    }

    /// Whether connections or devices of it can send is known once there are any; until then what
    /// is sent waits.
    static boolean maySend(OpenAccount account) {
        return account.ability(Sends.class).isPresent()
                || account.ability(HoldsConnections.class).isPresent()
                || account.ability(HostsDevices.class).isPresent();
    }

    private OpenAccount open(AccountId id) throws Refusal {
        return switch (accounts.find(id)) {
            case OpenAccounts.Found.Open(var account) -> account;
            case OpenAccounts.Found.Down(var why) ->
                    throw new Refusal(new Refused.AccountDown(id, why));
            case OpenAccounts.Found.Unknown _ -> throw new Refusal(new Refused.NoSuchAccount(id));
        };
    }

    Capabilities capabilities(OpenAccount account, Conversation conversation)
            throws Refusal, InterruptedException {
        try {
            return account.capabilities(conversation);
        } catch (PluginFailure failure) {
            throw new Refusal(
                    new Refused.AccountDown(
                            account.id(),
                            "the channel cannot say what the conversation may carry ("
                                    + failure.why()
                                    + ")"));
        }
    }

    /// The other end of what is to be sent.
    ///
    /// @param primary its first address
    record Whom(CustomerId customer, String primary) {}

    /// @throws Refusal with every problem of every part, or with the first that concerns the whole
    Passed pass(Conversation conversation, Whom whom, List<Part> drafted, Capabilities capabilities)
            throws Refusal {
        var against =
                permission.against(
                        whom.customer(),
                        conversation.account(),
                        whom.primary(),
                        conversation.address());
        if (against != null) {
            throw new Refusal(new Refused.CannotSend(List.of(new Problem(0, against))));
        }
        var closed = Permission.againstWindow(drafted, capabilities, clock.instant());
        if (closed != null) {
            throw new Refusal(new Refused.CannotSend(List.of(new Problem(0, closed))));
        }
        var carrying = Carrying.of(withMedia(drafted), capabilities, files.at(clock.instant()));
        if (!carrying.problems().isEmpty()) {
            throw new Refusal(new Refused.CannotSend(carrying.problems()));
        }
        return new Passed(carrying.parts(), carrying.degraded(), capabilities.together());
    }

    private List<Part> withMedia(List<Part> drafted) throws Refusal {
        var shelf = new Shelf(journal.media());
        var parts = shelf.asKept(drafted);
        if (!shelf.problems().isEmpty()) {
            throw new Refusal(new Refused.CannotSend(shelf.problems()));
        }
        return parts;
    }
}
