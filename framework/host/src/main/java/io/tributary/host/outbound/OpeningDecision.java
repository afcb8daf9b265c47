package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.host.outbound.Posted.Refused;
import io.tributary.model.CustomerId;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Conversation;
import java.util.ArrayList;
import java.util.List;

/// Decides what a conversation that our side begins becomes. Blocking, thread safe.
final class OpeningDecision {

    private final Journal journal;
    private final Gate gate;
    private final Writing writing;
    private final TimeOrderedIds ids;
    private final Quotas quotas;

    OpeningDecision(
            Journal journal, Gate gate, Writing writing, TimeOrderedIds ids, Quotas quotas) {
        this.quotas = quotas;
        this.journal = journal;
        this.gate = gate;
        this.writing = writing;
        this.ids = ids;
    }

    /// @param address the primary one of the end
    /// @param expects that it is still so when it is written
    /// @param changes that make customer and address known
    private record Whom(
            CustomerId customer, String address, List<Expect> expects, List<Change> changes) {}

    Replies.Decision of(Opening opening) throws Refusal, InterruptedException {
        var account = gate.sender(opening.account());
        var line = line(opening, account);
        var whom = whom(opening);
        refuseIfOpen(opening, line, whom);
        var id = ids.conversation();
        var told = Conversation.of(id, account.channel(), account.id(), line, opening.address());
        var capabilities = gate.capabilities(account, told);
        if (!capabilities.mayStart()) {
            throw new Refusal(
                    Refused.CannotSend.because(
                            "may-not-start", "on this channel only customers begin"));
        }
        var draft = opening.draft();
        var passed =
                gate.pass(
                        told,
                        new Gate.Whom(whom.customer(), whom.address()),
                        draft.parts(),
                        capabilities);
        var place =
                new Writing.Place(
                        id,
                        whom.customer(),
                        account.channel(),
                        account.id(),
                        new Ends(line, opening.address()),
                        null);
        var interaction = Writing.finish(writing.begin(draft, place), passed);

        var expects = new ArrayList<>(Writing.once(draft));
        expects.addAll(whom.expects());
        expects.add(new Expect.NoOpenConversation(account.id(), line, whom.address(), null));
        var changes = new ArrayList<>(whom.changes());
        changes.add(
                new Change.OpenConversation(
                        id,
                        whom.customer(),
                        account.channel(),
                        account.id(),
                        line,
                        whom.address(),
                        null,
                        null,
                        interaction.receivedAt()));
        changes.add(Writing.append(interaction, Change.Weight.FROM_US));
        changes.addAll(writing.sends(interaction, id, draft, passed));
        var booking = quotas.book(account.id(), changes);
        expects.addAll(booking.expects());
        changes.addAll(booking.changes());
        changes.addAll(Writing.answer(draft, interaction, interaction.receivedAt()));
        return new Replies.Decision(
                interaction, Unit.of(expects, changes), new Replies.Carrier(account, capabilities));
    }

    private void refuseIfOpen(Opening opening, String line, Whom whom) throws Refusal {
        var open = journal.directory().open(opening.account(), line, whom.address(), null);
        if (open.isPresent()) {
            throw new Refusal(new Refused.AlreadyOpen(open.get().id()));
        }
    }

    private Whom whom(Opening opening) throws Refusal {
        var end = journal.directory().end(opening.account(), opening.address());
        return end.isPresent() ? known(opening, end.get()) : stranger(opening);
    }

    private Whom known(Opening opening, Directory.End end) throws Refusal {
        var named = opening.customer();
        if (named != null && !journal.customers().aliases(named).contains(end.customer())) {
            throw new Refusal(
                    Refused.Invalid.because(
                            "foreign-address", "the address belongs to another customer"));
        }
        return new Whom(end.customer(), end.primary(), List.of(), List.of());
    }

    private Whom stranger(Opening opening) throws Refusal {
        var address = opening.address();
        var free = new Expect.AddressFree(opening.account(), address);
        var named = opening.customer();
        if (named == null) {
            var customer = ids.customer();
            return new Whom(
                    customer,
                    address,
                    List.of(free),
                    List.of(
                            new Change.AddCustomer(customer, null, writing.now()),
                            new Change.BindAddress(opening.account(), address, address, customer)));
        }
        var customer =
                journal.customers()
                        .byId(named)
                        .orElseThrow(() ->
                                new Refusal(
                                        Refused.Invalid.because(
                                                "unknown-customer",
                                                "there is no customer " + named)))
                        .id();
        return new Whom(
                customer,
                address,
                List.of(free, new Expect.CustomerUnmerged(customer)),
                List.of(new Change.BindAddress(opening.account(), address, address, customer)));
    }

    private static String line(Opening opening, OpenAccount account)
            throws Refusal, InterruptedException {
        var lines = Lines.of(account);
        var named = opening.line();
        return named == null ? lines.only() : lines.named(named);
    }
}
