package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.CustomerMerge;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Expect;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import io.tributary.model.Evidence;
import io.tributary.model.Identity;
import io.tributary.spi.Party;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who: which customer is at the other end, for the events of one unit. Reads the journal.
///
/// What one event of the unit brings about the others of it see.
final class Ends {

    private final Means means;
    private final AccountId account;
    private final Instant now;
    private final Map<String, Directory.End> bound = new HashMap<>();
    private final Map<Identity, CustomerId> joined = new HashMap<>();
    private final Set<Claim> claimed = new HashSet<>();
    private final Strangers strangers;

    /// @param fresh nobody was known by that address before this unit
    /// @param recognised the customer proved to be somebody who is known; null: they did not
    record Found(Directory.End end, boolean fresh, @Nullable CustomerMerge recognised) {}

    /// An identity as it was written and as it is compared.
    private record Named(Identity written, Identity identity) {

        boolean isVouchedFor() {
            return identity.evidence() instanceof Evidence.ByChannel;
        }
    }

    /// Several may say the same of themselves.
    private record Claim(Identity identity, CustomerId customer) {}

    Ends(Means means, AccountId account, Instant now) {
        this.means = means;
        this.account = account;
        this.now = now;
        this.strangers = new Strangers(means.journal().customers(), account, now);
    }

    /// The end that the party is, made if there is none yet.
    Found of(Party party, Draft draft) {
        List<Named> named = party.identities().stream().map(this::named).toList();
        Directory.End end = known(party.address());
        boolean fresh = false;
        if (end == null) {
            end = byAlias(party);
            fresh = end == null;
            if (end == null) {
                end = new Directory.End(account, party.address(), customer(party, named, draft));
            }
            bind(party.address(), end, draft);
        } else {
            name(party, end.customer(), draft);
        }
        for (String alias : party.aliases()) {
            if (known(alias) == null) {
                bind(alias, end, draft);
            }
        }
        CustomerId customer = end.customer();
        CustomerMerge recognised = party.session() ? recognised(named, customer, draft) : null;
        CustomerId bearer = party.session() ? newBearer(named, customer) : customer;
        for (Named each : named) {
            identify(each, customer, bearer, draft);
        }
        return new Found(end, fresh, recognised);
    }

    /// Before anything is bound: what is bound makes whoever bears it known. In a session alone:
    /// who comes to another address later may be anybody, or may pose as whoever is there.
    private @Nullable CustomerMerge recognised(
            List<Named> named, CustomerId customer, Draft draft) {
        for (Named each : named) {
            if (each.isVouchedFor()) {
                CustomerId owner = owner(each).orElse(customer);
                var recognised = strangers.recognise(customer, owner, draft);
                if (recognised != null) {
                    return recognised;
                }
            }
        }
        return null;
    }

    /// Whose that becomes which is vouched for in a session and belongs to nobody yet: it goes with
    /// who bears what is vouched for beside it, not with the session, nor with whom people have
    /// made one with them, and stays there if people part them again.
    ///
    /// @return null: it may be another's
    private @Nullable CustomerId newBearer(List<Named> named, CustomerId customer) {
        return mayBeAnothers(named, customer)
                ? null
                : named.stream()
                        .filter(Named::isVouchedFor)
                        .flatMap(each -> owner(each).stream())
                        .filter(owner -> strangers.areOne(owner, customer))
                        .findFirst()
                        .orElse(customer);
    }

    /// Whether somebody is vouched for in the session of another, who has not ended it.
    private boolean mayBeAnothers(List<Named> named, CustomerId customer) {
        var vouched = named.stream().filter(Named::isVouchedFor).toList();
        return !vouched.isEmpty()
                && !strangers.are(customer)
                && vouched.stream()
                        .flatMap(each -> owner(each).stream())
                        .noneMatch(owner -> strangers.areOne(owner, customer));
    }

    /// Who is at that address, as far as anybody was heard of there; null: nobody was.
    Directory.@Nullable End known(String address) {
        Directory.End end = bound.get(address);
        return end != null ? end : means.journal().directory().end(account, address).orElse(null);
    }

    private Directory.@Nullable End byAlias(Party party) {
        for (String alias : party.aliases()) {
            Directory.End end = known(alias);
            if (end != null) {
                return end;
            }
        }
        return null;
    }

    private void bind(String address, Directory.End end, Draft draft) {
        draft.expect(new Expect.AddressFree(account, address));
        draft.change(new Change.BindAddress(account, address, end.primary(), end.customer()));
        bound.put(address, end);
    }

    /// Whoever an identity that was checked belongs to already, else somebody new.
    private CustomerId customer(Party party, List<Named> named, Draft draft) {
        for (Named each : named) {
            if (each.isVouchedFor()) {
                Optional<CustomerId> owner = owner(each);
                if (owner.isPresent()) {
                    name(party, owner.get(), draft);
                    return owner.get();
                }
            }
        }
        CustomerId customer = means.ids().customer();
        draft.change(new Change.AddCustomer(customer, party.name(), now));
        strangers.comes(customer);
        return customer;
    }

    private void name(Party party, CustomerId customer, Draft draft) {
        String name = party.name();
        if (name != null) {
            draft.change(new Change.NameCustomer(customer, name));
        }
    }

    /// An identity that is somebody else's stays theirs: of two who are known, only people make
    /// one.
    ///
    /// @param customer who claims what nobody vouches for
    /// @param bearer whose that becomes which is vouched for; null: it may be another's
    private void identify(
            Named named, CustomerId customer, @Nullable CustomerId bearer, Draft draft) {
        Identity identity = named.identity();
        boolean free = bearer(identity).isEmpty();
        if (!named.isVouchedFor() || (free && bearer == null)) {
            // whoever could check a token or a code has not done so
            if (claimed.add(new Claim(identity, customer))) {
                draft.change(claim(identity, customer));
            }
        } else if (free && bearer != null) {
            CustomerId owner = owner(named).orElse(bearer);
            strangers.vouchedFor(owner, draft);
            draft.expect(new Expect.IdentityFree(identity.type(), identity.value()));
            draft.change(binding(identity, owner, "by-channel"));
            joined.put(identity, owner);
        }
    }

    /// A claim lies under a type of its own and per customer, so that it is never found by whoever
    /// looks for an identity and never takes the place of one that was checked.
    private Change claim(Identity identity, CustomerId customer) {
        return new Change.BindIdentity(
                "claimed:" + identity.type() + ":" + customer,
                identity.value(),
                customer,
                "claimed",
                now);
    }

    private Named named(Identity written) {
        return new Named(written, means.phones().normal(account, written));
    }

    /// What was stored before it was brought into one form is found as it was written, unless that
    /// may mean another number elsewhere: nobody knows on which account it was stored.
    private Optional<CustomerId> owner(Named named) {
        Optional<CustomerId> owner = bearer(named.identity());
        return owner.isPresent()
                        || named.written().equals(named.identity())
                        || !means.phones().namesItsCountry(named.written())
                ? owner
                : bearer(named.written());
    }

    private Optional<CustomerId> bearer(Identity identity) {
        CustomerId here = joined.get(identity);
        if (here != null) {
            return Optional.of(here);
        }
        Optional<CustomerId> found =
                means.journal().directory().identity(identity.type(), identity.value());
        found.ifPresent(owner -> joined.put(identity, owner));
        return found;
    }

    private Change binding(Identity identity, CustomerId customer, String evidence) {
        return new Change.BindIdentity(identity.type(), identity.value(), customer, evidence, now);
    }
}
