package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.outbound.Posted.Problem;
import io.tributary.host.outbound.Posted.Refused;
import io.tributary.model.AccountId;
import io.tributary.model.Content;
import io.tributary.model.CustomerId;
import io.tributary.model.Part;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.Sends;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Lets through what account, channel, window and customer allow, without calling the provider.
/// Blocking, thread safe.
final class Gate {

    private final Journal journal;
    private final OpenAccounts accounts;
    private final Permission permission;
    private final InstantSource clock;

    Gate(Journal journal, OpenAccounts accounts, Permission permission, InstantSource clock) {
        this.journal = journal;
        this.accounts = accounts;
        this.permission = permission;
        this.clock = clock;
    }

    /// What may go.
    ///
    /// @param parts with media as they are kept
    /// @param asText the numbers of the parts that go as their plain text
    /// @param together how many parts one send carries
    record Passed(List<Part> parts, Set<Integer> asText, int together) {}

    /// The account, open and able to send.
    OpenAccount sender(AccountId id) throws Refusal {
        var account = open(id);
        if (account.ability(Sends.class).isEmpty()) {
            throw new Refusal(
                    Refused.CannotSend.because("receives-only", "the account cannot send"));
        }
        return account;
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

    /// @throws Refusal with every problem of every part, or with the first that concerns the whole
    Passed pass(
            Conversation conversation,
            CustomerId customer,
            List<Part> drafted,
            Capabilities capabilities)
            throws Refusal {
        var against = permission.against(customer, conversation.account(), conversation.address());
        if (against != null) {
            throw new Refusal(new Refused.CannotSend(List.of(new Problem(0, against))));
        }
        var closed = Permission.againstWindow(drafted, capabilities, clock.instant());
        if (closed != null) {
            throw new Refusal(new Refused.CannotSend(List.of(new Problem(0, closed))));
        }
        var parts = withMedia(drafted);
        var carrying = Carrying.of(parts, capabilities);
        if (!carrying.problems().isEmpty()) {
            throw new Refusal(new Refused.CannotSend(carrying.problems()));
        }
        return new Passed(parts, carrying.asText(), capabilities.together());
    }

    /// The media as the store knows them: what an author says of type and size does not count.
    private List<Part> withMedia(List<Part> drafted) throws Refusal {
        var problems = new ArrayList<Problem>();
        var parts = new ArrayList<Part>(drafted.size());
        for (var part : drafted) {
            parts.add(
                    part.content() instanceof Content.Media media
                            ? new Part(
                                    part.number(),
                                    kept(media, part.number(), problems),
                                    part.unknown())
                            : part);
        }
        if (!problems.isEmpty()) {
            throw new Refusal(new Refused.CannotSend(problems));
        }
        return List.copyOf(parts);
    }

    private Content.Media kept(Content.Media media, int part, List<Problem> problems) {
        var id = media.id();
        if (id == null) {
            problems.add(Problem.of(part, "media-missing", "upload the file first"));
            return media;
        }
        var found = journal.media().byId(id);
        if (found.isEmpty()) {
            problems.add(Problem.of(part, "media-missing", "there is no file with id " + id));
            return media;
        }
        var stored = found.get();
        if (stored.state() != MediaRecords.State.STORED) {
            problems.add(
                    Problem.of(
                            part,
                            "media-not-stored",
                            "the file with id " + id + " is not stored: it is " + stored.state()));
            return media;
        }
        return new Content.Media(
                media.kind(),
                Content.Media.State.STORED,
                id,
                stored.type(),
                media.name() == null ? stored.name() : media.name(),
                stored.bytes(),
                stored.sha256(),
                media.caption());
    }
}
