package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.accounts.AccountView;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.http.Request;
import io.tributary.host.journal.DeadLetters;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Direction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which dead letters a request is about: nothing that its token does not see.
final class DeadLetterFilter {

    /// What a filter is made of in a query.
    static final List<String> NAMES =
            List.of("account", "channel", "direction", "kind", "reason", "since", "until");

    private final Accounts accounts;

    DeadLetterFilter(Accounts accounts) {
        this.accounts = accounts;
    }

    /// As a query says it; empty where no account can be meant.
    Optional<DeadLetters.Query> of(Query query, Principal principal) {
        return among(query.accounts(principal), query.channels())
                .map(among ->
                        new DeadLetters.Query(
                                among,
                                query.one("direction", Direction.class),
                                query.text("kind"),
                                query.text("reason"),
                                query.instant("since"),
                                query.instant("until"),
                                null,
                                true));
    }

    /// As a body says it; empty where no account can be meant. The body is finished by this.
    Optional<DeadLetters.Query> of(RequestJson body, Request request) {
        String account = body.text("account");
        String channel = body.text("channel");
        var rest =
                new DeadLetters.Query(
                        Set.of(),
                        body.one("direction", Direction.class),
                        body.text("kind"),
                        body.text("reason"),
                        body.instant("since"),
                        body.instant("until"),
                        null,
                        true);
        body.finish();
        Set<AccountId> wanted =
                account == null
                        ? request.principal().accounts()
                        : Set.of(Seen.account(request.principal(), account));
        return among(wanted, channel == null ? Set.of() : channel(channel)).map(rest::of);
    }

    private static Set<ChannelId> channel(String name) {
        try {
            return Set.of(new ChannelId(name));
        } catch (IllegalArgumentException wrong) {
            throw Ids.notFound("channel");
        }
    }

    /// Empty inside: all of them. A channel's are those that are configured for it now.
    private Optional<Set<AccountId>> among(Set<AccountId> wanted, Set<ChannelId> channels) {
        if (channels.isEmpty()) {
            return Optional.of(wanted);
        }
        Set<AccountId> speaking =
                accounts.views().stream()
                        .filter(view -> channels.contains(view.channel()))
                        .map(AccountView::id)
                        .filter(id -> wanted.isEmpty() || wanted.contains(id))
                        .collect(Collectors.toCollection(HashSet::new));
        return speaking.isEmpty() ? Optional.empty() : Optional.of(speaking);
    }
}
